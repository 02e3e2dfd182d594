/** The HTTP port over the system's curl: for what nobody else here speaks, and for http and https when asked to. */
import type { HttpPort } from '../../../ports/http.ts';
import { exchangeByCurl } from './curl-exchange.ts';
import { createCurlProgram, type CurlProgramOptions } from './curl-program.ts';
import { parseCurlTarget } from './curl-target.ts';
import { SluiceError } from '@sluice/contract';

export interface CurlLaneOptions {
  readonly curl: CurlProgramOptions;
  /** PEM, trusted beside what Node trusts. */
  readonly certificateAuthorities: readonly string[];
}

/** Each exchange has a curl of its own, and so a connection of its own; it ends with its body. */
export function createCurlLane({ curl, certificateAuthorities }: CurlLaneOptions): HttpPort {
  const program = createCurlProgram(curl);
  return {
    async exchange(request, signal) {
      signal.throwIfAborted();
      const target = parseCurlTarget(request);
      await program.demand(target.scheme);
      const options = { program, target, request, certificateAuthorities };
      const response =
        (await exchangeByCurl({ ...options, isWhole: false }, signal)) ??
        (await exchangeByCurl({ ...options, isWhole: true }, signal));
      if (response === null) throw new SluiceError('internal', 'a whole file was asked for, and a range came');
      return response;
    },
    close: () => Promise.resolve(),
  };
}
