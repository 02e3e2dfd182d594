import { SluiceError } from '@sluice/contract';
import { createFakeClock } from '@sluice/testkit/clock';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BodySink, HttpBody, SinkAnswer } from '../../../src/ports/http.ts';
import { SmallBody } from '../../../src/transfer/run/small-body.ts';
import { bodyBytes } from '../../store/bodies.ts';

const never = new AbortController().signal;

/** So many bytes, the first of the body. */
function isBegin(got: Iterable<number>, lengthBytes: number): boolean {
  return Buffer.from(Uint8Array.from(got)).equals(bodyBytes(1, 0, lengthBytes));
}

/** A body whose pieces come when the test says so. */
class ScriptedBody implements HttpBody {
  readonly framing = 'length';
  readonly lengthBytes: number;
  readonly #bytes: Uint8Array;
  readonly #outcome = Promise.withResolvers<'end' | 'enough'>();
  #sink: BodySink | null = null;
  #at = 0;

  constructor(lengthBytes: number) {
    this.lengthBytes = lengthBytes;
    this.#bytes = bodyBytes(1, 0, lengthBytes);
  }

  pipeTo(sink: BodySink, signal: AbortSignal): Promise<'end' | 'enough'> {
    this.#sink = sink;
    signal.addEventListener('abort', () => this.#outcome.reject(signal.reason));
    if (this.lengthBytes === 0) this.#outcome.resolve('end');
    return this.#outcome.promise;
  }

  async deliver(lengthBytes: number): Promise<SinkAnswer> {
    const until = Math.min(this.lengthBytes, this.#at + lengthBytes);
    let answer: SinkAnswer = 'more';
    while (this.#sink !== null && this.#at < until && answer === 'more') {
      const space = this.#sink.space();
      const some = this.#bytes.subarray(this.#at, Math.min(until, this.#at + space.length));
      space.set(some);
      this.#at += some.length;
      answer = await this.#sink.advance(some.length);
    }
    if (this.#at === this.lengthBytes) this.#outcome.resolve('end');
    return answer;
  }

  fail(error: unknown): void {
    this.#outcome.reject(error);
  }

  discard(): void {}
}

/** Takes bytes in spaces of one size, up to a limit. */
class Taken implements BodySink {
  readonly #space: Uint8Array;
  readonly #limit: number;
  readonly got: number[] = [];

  constructor(spaceBytes: number, limit = Number.POSITIVE_INFINITY) {
    this.#space = new Uint8Array(spaceBytes);
    this.#limit = limit;
  }

  space(): Uint8Array {
    return this.#space;
  }

  advance(lengthBytes: number): SinkAnswer {
    this.got.push(...this.#space.subarray(0, lengthBytes));
    return this.got.length >= this.#limit ? 'enough' : 'more';
  }
}

describe('a small body', () => {
  test('that comes at once is there as a whole, an empty one too', async () => {
    for (const lengthBytes of [0, 1, 5000]) {
      const source = new ScriptedBody(lengthBytes);
      const collected = new SmallBody(source, lengthBytes).collect(createFakeClock(), never);
      await source.deliver(2000);
      await source.deliver(5000);
      expect(isBegin((await collected) ?? [1], lengthBytes)).toBe(true);
    }
  });

  test('that takes its time goes on in whatever takes it, with every byte once and in order', async () => {
    const pieces = fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(pieces, pieces, fc.integer({ min: 1, max: 300 }), async (before, after, spaceBytes) => {
        const clock = createFakeClock();
        const source = new ScriptedBody(10_000);
        const body = new SmallBody(source, 10_000);
        const collected = body.collect(clock, never);
        for (const piece of before) await source.deliver(piece);
        await clock.advance(1000);
        expect(await collected).toBeNull();
        const taken = new Taken(spaceBytes);
        const piped = body.pipeTo(taken, never);
        for (const piece of after) await source.deliver(piece);
        await source.deliver(10_000);
        expect(await piped).toBe('end');
        expect(isBegin(taken.got, 10_000)).toBe(true);
      }),
    );
  });

  test('that breaks off hands on what came, and then says why', async () => {
    const source = new ScriptedBody(1000);
    const body = new SmallBody(source, 1000);
    const collected = body.collect(createFakeClock(), never);
    await source.deliver(300);
    source.fail(new SluiceError('connection-reset'));
    expect(await collected).toBeNull();
    const taken = new Taken(64);
    await expect(body.pipeTo(taken, never)).rejects.toMatchObject({ code: 'connection-reset' });
    expect(isBegin(taken.got, 300)).toBe(true);
  });

  test('that is not wanted any more hands on what came, also to one who is told at once to stop', async () => {
    const source = new ScriptedBody(1000);
    const body = new SmallBody(source, 1000);
    const stop = new AbortController();
    const collected = body.collect(createFakeClock(), stop.signal);
    await source.deliver(300);
    stop.abort(new SluiceError('aborted', 'pause'));
    expect(await collected).toBeNull();
    const taken = new Taken(64);
    await expect(body.pipeTo(taken, stop.signal)).rejects.toBe(stop.signal.reason);
    expect(isBegin(taken.got, 300)).toBe(true);
  });

  test('ends where its taker has enough', async () => {
    const clock = createFakeClock();
    const source = new ScriptedBody(1000);
    const body = new SmallBody(source, 1000);
    const collected = body.collect(clock, never);
    await source.deliver(500);
    await clock.advance(1000);
    await collected;
    const taken = new Taken(64, 200);
    expect(await body.pipeTo(taken, never)).toBe('enough');
    expect(isBegin(taken.got.slice(0, 200), 200)).toBe(true);
  });
});
