/** What every backend must do with bodies: their three framings, every rhythm of sink, and every bad end. */
import { createGate, inTurn, seededBytes } from '@sluice/testkit/origin';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectFailure, type BackendHarness, type BackendName, never, startBackend } from './backend-harness.ts';
import { collectingSink } from './sinks.ts';

const sizeBytes = 300_000;
const whole = Buffer.from(seededBytes(1, 0, sizeBytes));

export function describeBodies(backend: BackendName, tls: boolean): void {
  describe(`${backend} backend, ${tls ? 'https' : 'http'}: bodies`, () => {
    let harness: BackendHarness;
    beforeEach(async () => {
      harness = await startBackend(backend, { origin: { tls } });
      harness.origin.serve('/file.bin', { seed: 1, sizeBytes });
    });
    afterEach(() => harness[Symbol.asyncDispose]());

    test('a body of known length arrives whole, its head first', async () => {
      const response = await harness.ask('/file.bin', { headers: [['accept-encoding', 'identity']] });
      expect(response.status).toBe(200);
      expect(response.headers).toContainEqual(['etag', `"1-${sizeBytes}"`]);
      expect([response.body.framing, response.body.lengthBytes]).toEqual(['length', sizeBytes]);
      const sink = collectingSink();
      expect(await response.body.pipeTo(sink, never)).toBe('end');
      expect(sink.bytes().equals(whole)).toBe(true);
      expect(harness.origin.requests[0]?.headers).toMatchObject({
        host: `127.0.0.1:${harness.origin.port}`,
        'accept-encoding': 'identity',
      });
    });

    test.each([
      { framing: 'length', lengthBytes: sizeBytes },
      { framing: 'chunked', lengthBytes: null },
      { framing: 'close', lengthBytes: null },
    ] as const)('$framing: right bytes into sinks of every size and rhythm', async ({ framing, lengthBytes }) => {
      const rhythm = fc.record({
        spaceBytes: fc.integer({ min: 1, max: 100_000 }),
        pauseEvery: fc.integer({ min: 1, max: 9 }),
      });
      const cut = fc.integer({ min: 0, max: 2000 });
      await fc.assert(
        fc.asyncProperty(rhythm, fc.integer({ min: 1, max: 70_000 }), cut, async (sinkRhythm, chunkBytes, size) => {
          // Small spaces make many turns; a smaller body keeps the run short.
          const bodyBytes = Math.min(sizeBytes, size + sinkRhythm.spaceBytes * 3, chunkBytes * 300);
          harness.origin.script('/file.bin', { framing, chunkBytes, send: { start: 0, end: bodyBytes } });
          const { response, bytes, outcome } = await harness.read('/file.bin', sinkRhythm);
          expect(outcome).toBe('end');
          expect(response.body.framing).toBe(framing);
          expect(response.body.lengthBytes).toBe(lengthBytes === null ? null : bodyBytes);
          expect(bytes.equals(whole.subarray(0, bodyBytes))).toBe(true);
        }),
        { numRuns: 25 },
      );
    });

    test('empty bodies end at once, without asking the sink', async () => {
      harness.origin.script(
        '/file.bin',
        inTurn({ body: '' }, { status: 204 }, { status: 304 }, { body: '', framing: 'chunked' }),
      );
      for (let index = 0; index < 4; index += 1) {
        const { bytes, outcome } = await harness.read('/file.bin');
        expect([bytes.length, outcome]).toEqual([0, 'end']);
      }
    });

    test('the sink has enough: in the middle, and exactly at the end', async () => {
      const middle = await harness.read('/file.bin', { spaceBytes: 1000, enoughAt: 5000 });
      expect([middle.outcome, middle.bytes.equals(whole.subarray(0, 5000))]).toEqual(['enough', true]);
      const paused = await harness.read('/file.bin', { spaceBytes: 1000, enoughAt: 5000, pauseEvery: 5 });
      expect([paused.outcome, paused.bytes.length]).toEqual(['enough', 5000]);
      expect((await harness.read('/file.bin', { enoughAt: sizeBytes })).outcome).toBe('end');
    });

    test('a busy sink holds the server back', async () => {
      harness.origin.serve('/large.bin', { seed: 1, sizeBytes: 64 * 1024 * 1024 });
      const until = createGate();
      const reading = harness.read('/large.bin', { pauseEvery: 1, enoughAt: 20_000, pause: () => until.pass() });
      await until.reached;
      await harness.origin.waitFor(({ requests }) => (requests[0]?.bodyBytesSent ?? 0) > 0);
      // Whatever the system buffers is far less than the body.
      await new Promise((resolve) => setImmediate(resolve));
      expect(harness.origin.requests[0]?.state).toBe('answering');
      expect(harness.origin.bodyBytesSent).toBeLessThan(32 * 1024 * 1024);
      until.open();
      expect((await reading).outcome).toBe('enough');
    });

    test('a sink that fails, at once or later, ends the body with its error', async () => {
      const full = new Error('disk full');
      const response = await harness.ask('/file.bin');
      const failing = { space: () => new Uint8Array(10), advance: () => Promise.reject(full) };
      await expect(response.body.pipeTo(failing, never)).rejects.toBe(full);
      const another = await harness.ask('/file.bin');
      const throwing = {
        space: () => new Uint8Array(10),
        advance: () => {
          throw full;
        },
      };
      await expect(another.body.pipeTo(throwing, never)).rejects.toBe(full);
      await harness.origin.waitFor(({ connections }) => connections.open === 0);
    });

    describe.each([{ framing: 'length' }, { framing: 'chunked' }, { framing: 'close' }] as const)(
      '$framing',
      ({ framing }) => {
        test.each(shortEnds(framing, tls))('F20, F18: %s before the end of the body makes it short', async (how) => {
          harness.origin.script('/file.bin', { framing, end: { afterBytes: 100_000, how } });
          const response = await harness.ask('/file.bin');
          const sink = collectingSink();
          const error = await expectFailure('body-short', response.body.pipeTo(sink, never));
          expect(sink.bytes().equals(whole.subarray(0, 100_000))).toBe(true);
          expect(error.facts).toMatchObject({ host: '127.0.0.1', receivedBytes: 100_000 });
        });

        test('F17, F33: a reset is an error, and what came before it is in the sink', async () => {
          const until = createGate();
          harness.origin.script('/file.bin', {
            framing,
            stall: { afterBytes: 50_000, until },
            end: { afterBytes: 50_000, how: 'reset' },
          });
          const response = await harness.ask('/file.bin');
          const sink = collectingSink({ spaceBytes: 50_000 });
          const reading = response.body.pipeTo(sink, never);
          await until.reached;
          while (sink.bytes().length < 50_000) await new Promise((resolve) => setImmediate(resolve));
          until.open();
          await expectFailure('connection-reset', reading);
          expect(sink.bytes().equals(whole.subarray(0, 50_000))).toBe(true);
        });

        test('F34: a silent body is stalled', async () => {
          const until = createGate();
          harness.origin.script('/file.bin', { framing, stall: { afterBytes: 50_000, until } });
          await expectFailure('stalled', harness.read('/file.bin', { idleTimeoutMs: 40 }));
          await harness.origin.waitFor(({ connections }) => connections.open === 0);
        });
      },
    );

    test('F16, F18: a close-delimited body is whole after an orderly end only, whatever the sink was doing', async () => {
      for (const rhythm of [{}, { pauseEvery: 1 }, { spaceBytes: 3000, pauseEvery: 2 }]) {
        harness.origin.script('/file.bin', { framing: 'close' });
        const { bytes, outcome } = await harness.read('/file.bin', rhythm);
        expect([outcome, bytes.equals(whole)]).toEqual(['end', true]);
        // Without TLS a FIN is as orderly as it gets.
        harness.origin.script('/file.bin', { framing: 'close', end: { afterBytes: sizeBytes, how: 'fin-only' } });
        if (tls) await expectFailure('body-short', harness.read('/file.bin', rhythm));
        else expect((await harness.read('/file.bin', rhythm)).outcome).toBe('end');
      }
    });

    test('a sink that is slower than the idle timeout is not the server’s fault', async () => {
      const slow = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 60));
      const { outcome } = await harness.read('/file.bin', {
        idleTimeoutMs: 30,
        spaceBytes: 150_000,
        pauseEvery: 1,
        pause: slow,
        enoughAt: 150_000,
      });
      expect(outcome).toBe('enough');
    });

    test('an abort ends a body with its reason, whether it flows, stalls or waits for the sink', async () => {
      const reason = new Error('paused by the user');
      const until = createGate();
      harness.origin.script('/file.bin', { stall: { afterBytes: 50_000, until } });
      const stalled = new AbortController();
      const response = await harness.ask('/file.bin');
      const reading = response.body.pipeTo(collectingSink(), stalled.signal);
      await until.reached;
      stalled.abort(reason);
      await expect(reading).rejects.toBe(reason);

      harness.origin.script('/file.bin', null);
      const busy = new AbortController();
      const hold = createGate();
      const another = await harness.ask('/file.bin');
      const holding = another.body.pipeTo(collectingSink({ pauseEvery: 1, pause: () => hold.pass() }), busy.signal);
      await hold.reached;
      busy.abort(reason);
      await expect(holding).rejects.toBe(reason);
      hold.open();

      const unread = await harness.ask('/file.bin');
      await expect(unread.body.pipeTo(collectingSink(), AbortSignal.abort(reason))).rejects.toBe(reason);
      await harness.origin.waitFor(({ connections }) => connections.open === 0);
    });

    test('a body is given up at any time: unread, in the middle, at the end, twice', async () => {
      const unread = await harness.ask('/file.bin');
      unread.body.discard();
      unread.body.discard();
      const { response } = await harness.read('/file.bin', { spaceBytes: 1000, enoughAt: 1000 });
      response.body.discard();
      harness.origin.script('/file.bin', { keepAlive: false });
      const ended = await harness.read('/file.bin');
      ended.response.body.discard();
      expect(ended.bytes.length).toBe(sizeBytes);
      await harness.origin.waitFor(({ connections }) => connections.open === 0);
    });

    test('the exchange’s own signal still ends a body that nobody has taken', async () => {
      const controller = new AbortController();
      const response = await harness.ask('/file.bin', { signal: controller.signal });
      const reason = new Error('shutting down');
      controller.abort(reason);
      await harness.origin.waitFor(({ connections }) => connections.open === 0);
      await expect(response.body.pipeTo(collectingSink(), never)).rejects.toBe(reason);
    });
  });
}

/** A close-delimited body has no early end but the one TLS betrays. */
function shortEnds(framing: 'length' | 'chunked' | 'close', tls: boolean): ReadonlyArray<'fin' | 'fin-only'> {
  if (framing === 'close') return tls ? ['fin-only'] : [];
  return tls ? ['fin', 'fin-only'] : ['fin'];
}
