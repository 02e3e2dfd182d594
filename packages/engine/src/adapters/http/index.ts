/** Makes the HTTP port: which backend carries a request is decided here and nowhere else. */
import { SluiceError } from '@sluice/contract';
import { chooseBackend, isWebScheme, type ChosenBackend, schemeOf } from '../../plan/connections/choose-backend.ts';
import type { HttpPort } from '../../ports/http.ts';
import { type Log, silentLog } from '../../ports/log.ts';
import { BackendFallback } from './backend-fallback.ts';
import { createCurlBackend } from './curl/curl-backend.ts';
import { createDialer } from './dial.ts';
import type { HttpPortOptions } from './options.ts';
import { createSocketBackend } from './socket/socket-backend.ts';
import { createLazyUndiciBackend } from './undici/lazy-undici-backend.ts';

export type { HttpPortOptions } from './options.ts';

/**
 * Its exchanges also throw `url-invalid`, and `url-unsupported` (facts: `scheme`) for a link that the backend asked
 * for cannot fetch.
 */
export function createHttpPort(options: HttpPortOptions = {}): HttpPort {
  const certificateAuthorities = options.certificateAuthorities ?? [];
  const dialer = createDialer(certificateAuthorities);
  const pool = { keepIdleMs: options.keepIdleMs ?? 4000, maxIdlePerHost: options.maxIdlePerHost ?? 16 };
  const backends: Readonly<Record<ChosenBackend, HttpPort>> = {
    socket: createSocketBackend({ dialer, ...pool }),
    undici: createLazyUndiciBackend(dialer),
    curl: createCurlBackend({ curl: options.curl ?? {}, certificateAuthorities }),
  };
  const tellBackend = backendTeller(options.log ?? silentLog);
  const fallback = new BackendFallback({ backends, log: options.log ?? silentLog });
  return {
    async exchange(request, signal) {
      const scheme = schemeOf(request.url);
      if (scheme === '') throw new SluiceError('url-invalid', 'not an absolute URL');
      const backend = chooseBackend(request.backend ?? options.backend ?? 'auto', request.url);
      if (backend === null) {
        throw new SluiceError('url-unsupported', `cannot fetch ${scheme} links this way`, { facts: { scheme } });
      }
      tellBackend({ backend, host: URL.parse(request.url)?.host ?? '', scheme });
      return isWebScheme(scheme)
        ? fallback.exchange(backend, request, signal)
        : backends[backend].exchange(request, signal);
    },
    async close() {
      await Promise.all(Object.values(backends).map((backend) => backend.close()));
    },
  };
}

/** Hosts whose last choice is remembered, so that a line is written when it changes and not for each request. */
const mostTold = 1000;

function backendTeller(log: Log) {
  const told = new Map<string, ChosenBackend>();
  return ({
    backend,
    host,
    scheme,
  }: {
    readonly backend: ChosenBackend;
    readonly host: string;
    readonly scheme: string;
  }) => {
    const key = `${scheme}://${host}`;
    if (told.get(key) === backend) return;
    if (told.size >= mostTold) told.clear();
    told.set(key, backend);
    log.debug('a backend is chosen', { backend, host, scheme });
  };
}
