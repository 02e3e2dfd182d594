/** What every backend test needs: an origin, a port, and short ways to ask and to read. */
import type { ErrorCode } from '@sluice/contract';
import { type Origin, type OriginOptions, startOrigin } from '@sluice/testkit/origin';
import { expect } from 'vitest';
import { createHttpPort, type HttpPortOptions } from '../../../src/adapters/http/index.ts';
import { SluiceError } from '../../../src/errors.ts';
import type { HttpPort, HttpRequest, HttpResponse } from '../../../src/ports/http.ts';
import { collectingSink, type SinkRhythm } from './sinks.ts';

export type BackendName = NonNullable<HttpPortOptions['backend']>;

export const never: AbortSignal = new AbortController().signal;

export interface BackendHarness extends AsyncDisposable {
  readonly origin: Origin;
  readonly http: HttpPort;
  ask(path: string, options?: AskOptions): Promise<HttpResponse>;
  /** Asks, and reads the body to its end. */
  read(
    path: string,
    options?: AskOptions & SinkRhythm,
  ): Promise<{ response: HttpResponse; bytes: Buffer; outcome: string }>;
}

export interface AskOptions extends Partial<HttpRequest> {
  readonly signal?: AbortSignal;
}

export async function startBackend(
  backend: BackendName,
  options: { readonly origin?: OriginOptions; readonly port?: HttpPortOptions } = {},
): Promise<BackendHarness> {
  const origin = await startOrigin(options.origin);
  const authorities = origin.certificatePem === null ? [] : [origin.certificatePem];
  const http = createHttpPort({ backend, certificateAuthorities: authorities, ...options.port });
  const ask = (path: string, { signal = never, ...request }: AskOptions = {}): Promise<HttpResponse> =>
    http.exchange(requestFor(origin.urlOf(path), request), signal);
  return {
    origin,
    http,
    ask,
    async read(path, { spaceBytes, pauseEvery, enoughAt, pause, ...askOptions } = {}) {
      const response = await ask(path, askOptions);
      const sink = collectingSink(definedOnly({ spaceBytes, pauseEvery, enoughAt, pause }));
      const outcome = await response.body.pipeTo(sink, askOptions.signal ?? never);
      return { response, bytes: sink.bytes(), outcome };
    },
    async [Symbol.asyncDispose]() {
      await http.close();
      await origin.close();
    },
  };
}

export function requestFor(url: string, request: Partial<HttpRequest> = {}): HttpRequest {
  return { url, method: 'GET', headers: [], headTimeoutMs: 10_000, idleTimeoutMs: 10_000, ...request };
}

/** Settles with the SluiceError of a failure, which must have this code. */
export async function expectFailure(code: ErrorCode, work: Promise<unknown>): Promise<SluiceError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SluiceError)) throw new Error(`expected ${code}, got ${String(error)}`, { cause: error });
  expect({ code: error.code, message: error.message }).toEqual({ code, message: error.message });
  return error;
}

function definedOnly(rhythm: { [Key in keyof SinkRhythm]: SinkRhythm[Key] | undefined }): SinkRhythm {
  return Object.fromEntries(Object.entries(rhythm).filter(([, value]) => value !== undefined));
}
