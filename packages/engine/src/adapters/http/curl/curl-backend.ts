/** The HTTP port over the system's curl: for ftp, ftps, sftp and scp, and for http and https on request. */
import { lookup } from 'node:dns/promises';
import { SluiceError } from '@sluice/contract';
import type { HttpPort, HttpResponse } from '../../../ports/http.ts';
import { networkError } from '../network-errors.ts';
import { type CurlExchangeOptions, exchangeByCurl } from './curl-exchange.ts';
import { createCurlProgram, type CurlProgramOptions } from './curl-program.ts';
import { Departures } from './departures.ts';
import { OrphanGuard } from './orphan-guard.ts';
import { type CurlTarget, parseCurlTarget } from './curl-target.ts';

export interface CurlBackendOptions {
  readonly curl: CurlProgramOptions;
  /** PEM, trusted beside what Node trusts. */
  readonly certificateAuthorities: readonly string[];
}

/** Each exchange has a curl of its own, and so a connection of its own; it ends with its body. */
export function createCurlBackend({ curl, certificateAuthorities }: CurlBackendOptions): HttpPort {
  const program = createCurlProgram(curl);
  const departures = new Departures();
  const guard = new OrphanGuard();
  return {
    async exchange(request, signal) {
      signal.throwIfAborted();
      const target = parseCurlTarget(request);
      await program.demand(target.scheme);
      const options = { program, departures, guard, target, request, certificateAuthorities };
      const response = await exchange(options, signal);
      if (response === null) throw new SluiceError('internal', 'a whole file was asked for, and a range came');
      return response;
    },
    close: () => Promise.resolve(),
  };
}

type Options = Omit<CurlExchangeOptions, 'isWhole'>;

async function exchange(options: Options, signal: AbortSignal): Promise<HttpResponse | null> {
  try {
    const response = await exchangeByCurl({ ...options, isWhole: false }, signal);
    return response ?? (await exchangeByCurl({ ...options, isWhole: true }, signal));
  } catch (error) {
    throw await whyNotFound(error, options.target);
  }
}

/** curl does not say whether a name does not exist or could not be looked up just now; the system does. */
async function whyNotFound(error: unknown, { host, port }: CurlTarget): Promise<unknown> {
  if (!(error instanceof SluiceError) || error.code !== 'dns-not-found') return error;
  try {
    await lookup(host);
    return new SluiceError('dns-temporary', 'a name was found at the second look only', { facts: { host, port } });
  } catch (cause) {
    return networkError(cause, { host, port });
  }
}
