import { expect, it } from 'vitest';
import { SluiceError } from '../../../src/errors.ts';
import { LinkTurns } from '../../../src/transfer/run/link-turns.ts';

it('the time that a server asks for runs while mirrors have their turn', () => {
  let nowMs = 1000;
  const turns = new LinkTurns('link', ['mirror', 'other'], { nowMs: () => nowMs });
  turns.next(new SluiceError('http-unavailable'), 60_000);
  nowMs += 45_000;
  turns.next(new SluiceError('stalled'), null);
  nowMs += 10_000;
  const last = new SluiceError('http-not-found');
  expect(() => turns.next(last, null)).toThrow(SluiceError);
  expect(turns.failures.map(({ retryAfterMs }) => retryAfterMs)).toEqual([5000, null, null]);
  nowMs += 20_000;
  expect(turns.failures[0]?.retryAfterMs).toBe(0);
});

it('of two that are busy, the one that may be asked first by now decides', () => {
  let nowMs = 0;
  const turns = new LinkTurns('link', ['a', 'b'], { nowMs: () => nowMs });
  const gone = new SluiceError('http-gone');
  turns.next(gone, null);
  turns.next(new SluiceError('http-unavailable'), 60_000);
  nowMs += 50_000;
  expect(() => turns.next(new SluiceError('http-unavailable'), 30_000)).toThrow(gone);
  expect(turns.judge(gone).next).toMatchObject({ link: 'a', retryAfterMs: 10_000 });
});
