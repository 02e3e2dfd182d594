/**
 * Keeps the answers that a preview got, bodies unread, until the download asks the same: a link that works once is
 * then not used up by the look at it, and no second request is made.
 */
import type { Clock } from '../../ports/clock.ts';
import type { HttpBody, HttpPort, HttpRequest, HttpResponse } from '../../ports/http.ts';

/** Servers give up on a client that reads nothing; most wait for a minute. */
const keptMs = 60_000;
const mostKept = 16;
/** More would take the places of the downloads that run from that server. */
const mostKeptPerServer = 2;

/** One answered link: every exchange on the way to its file, and the last one's body. */
interface Kept {
  readonly server: string;
  readonly exchanges: { readonly key: string; readonly response: HttpResponse }[];
  readonly expiry: AbortController;
}

/** Hands exchanges through and remembers them. */
export interface AnswerRecorder {
  readonly http: HttpPort;
  /** The answer is wanted. @returns false when there is no room for it, and its body is given up */
  keep(): boolean;
  /** Gives up what was opened. Harmless after {@link keep}. */
  drop(): void;
}

export class KeptAnswers {
  readonly #http: HttpPort;
  readonly #clock: Clock;
  readonly #kept = new Set<Kept>();

  constructor({ http, clock }: { readonly http: HttpPort; readonly clock: Clock }) {
    this.#http = http;
    this.#clock = clock;
  }

  /** For downloads: what was kept of the very same request is its answer, once. */
  readonly http: HttpPort = {
    exchange: (request, signal) => {
      const response = this.#take(request);
      return response === null ? this.#http.exchange(request, signal) : Promise.resolve(response);
    },
    close: () => this.#http.close(),
  };

  record(): AnswerRecorder {
    const exchanges: { key: string; response: HttpResponse }[] = [];
    const open = new Set<HttpBody>();
    let server = '';
    return {
      http: {
        exchange: async (request, signal) => {
          const response = await this.#http.exchange(request, signal);
          server = new URL(request.url).host;
          open.add(response.body);
          const body: HttpBody = {
            framing: response.body.framing,
            lengthBytes: response.body.lengthBytes,
            pipeTo: (sink, pipeSignal) => response.body.pipeTo(sink, pipeSignal),
            // Of a redirect or a challenge: its head alone is wanted later.
            discard: () => {
              open.delete(response.body);
              response.body.discard();
            },
          };
          if (isRepeatable(request)) exchanges.push({ key: keyOf(request), response });
          return { ...response, body };
        },
        close: () => this.#http.close(),
      },
      keep: () => {
        const last = exchanges.at(-1);
        const isWanted = last !== undefined && open.has(last.response.body) && this.#hasRoomFor(server);
        if (!isWanted) {
          for (const body of open) body.discard();
          return false;
        }
        const heads = exchanges.map(({ key, response }) =>
          open.has(response.body) ? { key, response } : { key, response: { ...response, body: emptyBody } },
        );
        this.#keep({ server, exchanges: heads, expiry: new AbortController() });
        open.clear();
        return true;
      },
      drop: () => {
        for (const body of open) body.discard();
        open.clear();
      },
    };
  }

  /** Gives up everything. */
  close(): void {
    for (const kept of this.#kept) this.#forget(kept);
  }

  #hasRoomFor(server: string): boolean {
    const sameServer = [...this.#kept].filter((kept) => kept.server === server).length;
    return this.#kept.size < mostKept && sameServer < mostKeptPerServer;
  }

  #keep(kept: Kept): void {
    this.#kept.add(kept);
    this.#clock.sleep(keptMs, kept.expiry.signal).then(
      () => this.#forget(kept),
      () => {},
    );
  }

  #forget(kept: Kept): void {
    this.#kept.delete(kept);
    kept.expiry.abort();
    for (const { response } of kept.exchanges) response.body.discard();
  }

  /** Exchanges are taken in their order: what is asked out of it is not the download that the preview was of. */
  #take(request: HttpRequest): HttpResponse | null {
    if (this.#kept.size === 0 || !isRepeatable(request)) return null;
    const key = keyOf(request);
    for (const kept of this.#kept) {
      if (kept.exchanges[0]?.key !== key) continue;
      const { response } = kept.exchanges.shift() ?? { response: null };
      if (kept.exchanges.length === 0) {
        this.#kept.delete(kept);
        kept.expiry.abort();
      }
      return response;
    }
    return null;
  }
}

const emptyBody: HttpBody = {
  framing: 'length',
  lengthBytes: 0,
  pipeTo: () => Promise.resolve('end'),
  discard: () => {},
};

function isRepeatable({ method, body }: HttpRequest): boolean {
  return method === 'GET' && body === undefined;
}

/** Everything that decides what a server answers; what only decides how long it is waited for is left out. */
function keyOf({ url, headers, route, backend }: HttpRequest): string {
  return JSON.stringify([url, headers, route ?? null, backend ?? null]);
}
