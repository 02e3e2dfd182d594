/** An HTTP port without a network: bodies come piece by piece as a clock goes on. */
import { SluiceError } from '../../src/errors.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { BodySink, HttpBody, HttpPort } from '../../src/ports/http.ts';
import type { PlannedServer, Reply } from './answers.ts';

export const hosts = ['http://one.test', 'http://two.test'] as const;
const latencyMs = 5;
const pieceBytes = 34 * 1024;
const pieceMs = 5;

export function createMemoryHttp(server: PlannedServer, clock: Clock): HttpPort {
  return {
    async exchange(request, signal) {
      await clock.sleep(latencyMs, signal);
      const host = request.url.startsWith(hosts[1]) ? 1 : 0;
      const range = request.headers.find(([name]) => name === 'range')?.[1] ?? null;
      const [, first = '0', last = ''] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
      const end = last === '' ? null : Number(last) + 1;
      const reply = server.reply({ host, start: Number(first), end, isRange: range !== null });
      const headers = Object.entries(reply.headers);
      if (reply.isRedirect) headers.push(['location', `${hosts[1]}/file.bin`]);
      if (reply.framing === 'length') headers.push(['content-length', String(reply.body.length)]);
      return { status: reply.status, headers, body: new ReplyBody(reply, clock) };
    },
    close: async () => {},
  };
}

class ReplyBody implements HttpBody {
  readonly framing: HttpBody['framing'];
  readonly lengthBytes: number | null;
  readonly #reply: Reply;
  readonly #clock: Clock;
  readonly #discarded = new AbortController();

  constructor(reply: Reply, clock: Clock) {
    this.framing = reply.framing;
    this.lengthBytes = reply.framing === 'length' ? reply.body.length : null;
    this.#reply = reply;
    this.#clock = clock;
  }

  async pipeTo(sink: BodySink, signal: AbortSignal): Promise<'end' | 'enough'> {
    const { body, resetAfter } = this.#reply;
    const either = AbortSignal.any([signal, this.#discarded.signal]);
    const end = Math.min(body.length, resetAfter ?? body.length);
    for (let at = 0; at < end;) {
      await this.#clock.sleep(pieceMs, either);
      for (const pieceEnd = Math.min(end, at + pieceBytes); at < pieceEnd;) {
        const space = sink.space();
        const count = Math.min(space.length, pieceEnd - at);
        space.set(body.subarray(at, at + count));
        at += count;
        if ((await sink.advance(count)) === 'enough') return 'enough';
      }
    }
    either.throwIfAborted();
    // A server that closes in the middle of a body without a length is taken for one that is through.
    if (end < body.length && this.framing === 'length') throw new SluiceError('connection-reset');
    return 'end';
  }

  discard(): void {
    this.#discarded.abort(new SluiceError('aborted'));
  }
}
