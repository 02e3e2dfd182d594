import { createFakeClock } from '@sluice/testkit/clock';
import { describe, expect, it } from 'vitest';
import { type ErrorCode, SluiceError } from '@sluice/contract';
import { Attempts } from '../../src/direct/attempts.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { createSystemClock } from '../../src/adapters/system-clock.ts';

const quiet = new AbortController().signal;
const still = { advanced: false, retryAfterMs: null };

/** Notes the waits and lets none of them last. */
function attempts(maxAttempts: number | null): { readonly attempts: Attempts; readonly waitsMs: number[] } {
  const waitsMs: number[] = [];
  const clock: Clock = {
    ...createSystemClock(),
    sleep: async (delayMs) => {
      waitsMs.push(delayMs);
    },
  };
  const policy = { maxAttempts, baseDelayMs: 1000, maxDelayMs: 8000 };
  return { attempts: new Attempts({ clock, random: () => 0, policy }), waitsMs };
}

describe('trying again', () => {
  it('waits twice as long each time, and not beyond the limit', async () => {
    const { attempts: tries, waitsMs } = attempts(null);
    for (let count = 0; count < 6; count += 1) await tries.waitAfter(new SluiceError('connection-reset'), still, quiet);
    expect(waitsMs).toEqual([500, 1000, 2000, 4000, 4000, 4000]);
  });

  it('begins anew once bytes have come', async () => {
    const { attempts: tries, waitsMs } = attempts(2);
    await tries.waitAfter(new SluiceError('body-short'), still, quiet);
    await tries.waitAfter(new SluiceError('body-short'), { ...still, advanced: true }, quiet);
    expect(waitsMs).toEqual([500, 500]);
  });

  it('waits at least as long as the server asks', async () => {
    const { attempts: tries, waitsMs } = attempts(2);
    await tries.waitAfter(new SluiceError('http-unavailable'), { ...still, retryAfterMs: 20_000 }, quiet);
    expect(waitsMs).toEqual([20_000]);
  });

  it('counts what is done before the retry as a part of what the server asks for', async () => {
    const clock = createFakeClock();
    const policy = { maxAttempts: 3, baseDelayMs: 1000, maxDelayMs: 8000 };
    const beforeRetry = () => clock.sleep(15_000);
    const tries = new Attempts({ clock, random: () => 0, policy, beforeRetry });
    const asked = { ...still, retryAfterMs: 20_000 };
    let isOver = false;
    const waiting = tries.waitAfter(new SluiceError('http-unavailable'), asked, quiet).then(() => {
      isOver = true;
    });
    await clock.advance(19_999);
    expect(isOver).toBe(false);
    await clock.advance(1);
    expect(isOver).toBe(true);
    await waiting;
  });

  it.each<[ErrorCode, number]>([
    ['connection-reset', 3],
    ['unreachable', 3],
    ['dns-temporary', 3],
    ['http-not-found', 1],
    ['resource-changed', 1],
    ['url-invalid', 1],
  ])('after %s is given up at try %i of 3', async (code, last) => {
    const { attempts: tries, waitsMs } = attempts(3);
    const error = new SluiceError(code);
    const all = async () => {
      for (;;) await tries.waitAfter(error, still, quiet);
    };
    await expect(all()).rejects.toBe(error);
    expect(waitsMs).toHaveLength(last - 1);
  });

  it('ends with the reason of whoever stopped it', async () => {
    const { attempts: tries } = attempts(null);
    const signal = AbortSignal.abort('enough');
    await expect(tries.waitAfter(new SluiceError('body-short'), still, signal)).rejects.toBe('enough');
  });
});

describe('F125 a network that is away', () => {
  it('uses up no try as long as it may be waited for, and then ends with its error', async () => {
    const clock = createFakeClock();
    const policy = { maxAttempts: 1, baseDelayMs: 1, maxDelayMs: 1, waitNetworkMs: 60_000 };
    const tries = new Attempts({ clock, random: () => 0, policy });
    const error = new SluiceError('unreachable', 'away', { facts: { host: 'example.com' } });
    let ended: unknown = null;
    let waits = 0;
    void (async () => {
      for (;;) {
        await tries.waitAfter(error, still, quiet);
        waits += 1;
      }
    })().catch((reason: unknown) => (ended = reason));
    await clock.advance(59_000);
    expect(ended).toBeNull();
    await clock.advance(10_000);
    expect(ended).toBe(error);
    expect(waits).toBe(20);
  });

  it('is over within a second of a way out', async () => {
    const clock = createFakeClock();
    let hasWayOut = false;
    const policy = { maxAttempts: 1, baseDelayMs: 1, maxDelayMs: 1, waitNetworkMs: 60_000 };
    const tries = new Attempts({ clock, random: () => 0, policy, network: { hasWayOut: () => hasWayOut } });
    let isOver = false;
    void tries.waitAfter(new SluiceError('stalled'), still, quiet).then(() => (isOver = true));
    await clock.advance(900);
    hasWayOut = true;
    await clock.advance(200);
    expect(isOver).toBe(true);
  });
});
