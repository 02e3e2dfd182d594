/** Sends a request by our own sockets where the backend that was asked for cannot parse what a server answers. */
import { SluiceError } from '@sluice/contract';
import type { ChosenBackend } from '../../plan/connections/choose-backend.ts';
import { isSafe } from '../../plan/request/next-method.ts';
import type { HttpBody, HttpPort, HttpRequest, HttpResponse } from '../../ports/http.ts';
import { type Log, silentLog } from '../../ports/log.ts';

/** After this long a server is asked by the chosen backend again: an answer that can be parsed ends the exception. */
const lifetimeMs = 10 * 60 * 1000;

/** Why requests to one server leave the backend that was chosen for them. */
interface Exception {
  readonly cause: 'http-malformed';
  readonly learnedAtMs: number;
}

export interface BackendFallbackOptions {
  readonly backends: Readonly<Record<ChosenBackend, HttpPort>>;
  /** Monotonic milliseconds. Default: the system's. */
  readonly nowMs?: () => number;
  readonly log?: Log;
}

export class BackendFallback {
  readonly #backends: Readonly<Record<ChosenBackend, HttpPort>>;
  readonly #nowMs: () => number;
  readonly #log: Log;
  /** By backend and origin. */
  readonly #exceptions = new Map<string, Exception>();

  constructor({ backends, nowMs = () => performance.now(), log = silentLog }: BackendFallbackOptions) {
    this.#backends = backends;
    this.#nowMs = nowMs;
    this.#log = log;
  }

  /** @param backend chosen for a link of the web; a body stays on the backend it began on */
  async exchange(backend: ChosenBackend, request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    const { socket } = this.#backends;
    if (backend === 'socket') return socket.exchange(request, signal);
    const key = `${backend} ${URL.parse(request.url)?.origin ?? ''}`;
    if (this.#isExcepted(key)) {
      this.#log.debug('the socket backend takes the place of another', { chosen: backend, host: hostOf(request) });
      return socket.exchange(request, signal);
    }
    try {
      const response = await this.#backends[backend].exchange(request, signal);
      this.#exceptions.delete(key);
      return { ...response, body: this.#watch(key, response.body) };
    } catch (error) {
      if (!isUnparsed(error) || !mayBeSentAgain(request)) throw error;
      signal.throwIfAborted();
      // What the sockets cannot parse either is reported as the chosen backend put it.
      const response = await socket.exchange(request, signal).catch(() => {
        signal.throwIfAborted();
        throw error;
      });
      this.#learn(key);
      this.#log.debug('the socket backend parses what another cannot', { chosen: backend, host: hostOf(request) });
      return response;
    }
  }

  #isExcepted(key: string): boolean {
    const exception = this.#exceptions.get(key);
    return exception !== undefined && this.#nowMs() - exception.learnedAtMs < lifetimeMs;
  }

  #learn(key: string): void {
    this.#exceptions.set(key, { cause: 'http-malformed', learnedAtMs: this.#nowMs() });
  }

  /** A body that cannot be parsed is lost to this exchange; the next request of the server goes by the sockets. */
  #watch(key: string, body: HttpBody): HttpBody {
    return {
      framing: body.framing,
      lengthBytes: body.lengthBytes,
      pipeTo: (sink, signal) =>
        body.pipeTo(sink, signal).catch((error: unknown) => {
          if (isUnparsed(error)) this.#learn(key);
          throw error;
        }),
      discard: () => body.discard(),
    };
  }
}

function hostOf({ url }: HttpRequest): string {
  return URL.parse(url)?.host ?? '';
}

function isUnparsed(error: unknown): boolean {
  return error instanceof SluiceError && error.code === 'http-malformed';
}

function mayBeSentAgain({ method, body }: HttpRequest): boolean {
  return isSafe(method) && body === undefined;
}
