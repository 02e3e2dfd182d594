/** Makes the HTTP port: which lane carries a request is decided here and nowhere else. */
import { SluiceError } from '@sluice/contract';
import { chooseLane, isWebScheme, type Lane, schemeOf } from '../../plan/connections/choose-lane.ts';
import type { HttpPort } from '../../ports/http.ts';
import { BackendFallback } from './backend-fallback.ts';
import { createCurlLane } from './curl/curl-lane.ts';
import { createDialer } from './dial.ts';
import type { HttpPortOptions } from './options.ts';
import { createSocketLane } from './socket/socket-lane.ts';
import { createLazyUndiciLane } from './undici/lazy-undici-lane.ts';

export type { HttpPortOptions } from './options.ts';

/**
 * Its exchanges also throw `url-invalid`, and `url-unsupported` (facts: `scheme`) for a link that the backend asked
 * for cannot fetch.
 */
export function createHttpPort(options: HttpPortOptions = {}): HttpPort {
  const certificateAuthorities = options.certificateAuthorities ?? [];
  const dialer = createDialer(certificateAuthorities);
  const pool = { keepIdleMs: options.keepIdleMs ?? 4000, maxIdlePerHost: options.maxIdlePerHost ?? 16 };
  const lanes: Readonly<Record<Lane, HttpPort>> = {
    socket: createSocketLane({ dialer, ...pool }),
    undici: createLazyUndiciLane(dialer),
    curl: createCurlLane({ curl: options.curl ?? {}, certificateAuthorities }),
  };
  const fallback = new BackendFallback({ lanes });
  return {
    async exchange(request, signal) {
      const scheme = schemeOf(request.url);
      if (scheme === '') throw new SluiceError('url-invalid', 'not an absolute URL');
      const lane = chooseLane(request.backend ?? options.backend ?? 'auto', request.url);
      if (lane === null) {
        throw new SluiceError('url-unsupported', `cannot fetch ${scheme} links this way`, { facts: { scheme } });
      }
      return isWebScheme(scheme) ? fallback.exchange(lane, request, signal) : lanes[lane].exchange(request, signal);
    },
    async close() {
      await Promise.all(Object.values(lanes).map((lane) => lane.close()));
    },
  };
}
