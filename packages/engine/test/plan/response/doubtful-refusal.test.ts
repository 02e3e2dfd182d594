/** Which refusals of a ranged request a plain one may disprove. */
import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../../src/errors.ts';
import { mayHaveMeantTheRange, mayMeanTheRange, withoutRanges } from '../../../src/plan/response/doubtful-refusal.ts';
import type { Verdict } from '../../../src/plan/response/verdict.ts';
import { resource } from '../resources.ts';

const ranged = { range: { start: 5 }, known: { totalBytes: 10 } };

function failed(status: number): Verdict {
  return { kind: 'failed', code: 'http-client-error', facts: { status }, retryAfterMs: null };
}

function nothingLeft(totalBytes: number | null): Verdict {
  return { kind: 'nothing-left', totalBytes };
}

describe('mayMeanTheRange', () => {
  it.each([400, 403, 404, 405, 501])('%d may', (status) => {
    expect(mayMeanTheRange(ranged, failed(status))).toBe(true);
    expect(mayHaveMeantTheRange(new SluiceError('http-client-error', '', { facts: { status } }))).toBe(true);
  });

  it.each([401, 407, 410, 429, 500, 503])('%d asks for something else', (status) => {
    expect(mayMeanTheRange(ranged, failed(status))).toBe(false);
    expect(mayHaveMeantTheRange(new SluiceError('http-client-error', '', { facts: { status } }))).toBe(false);
  });

  it('means nothing where no range was asked for', () => {
    expect(mayMeanTheRange({ range: null, known: null }, failed(404))).toBe(false);
    expect(mayHaveMeantTheRange(new SluiceError('stalled'))).toBe(false);
  });

  it('a 416 may, unless it names another length', () => {
    for (const stated of [null, 0, 10]) expect(mayMeanTheRange(ranged, nothingLeft(stated))).toBe(true);
    for (const stated of [9, 11]) expect(mayMeanTheRange(ranged, nothingLeft(stated))).toBe(false);
    expect(mayMeanTheRange({ ...ranged, known: null }, nothingLeft(null))).toBe(false);
  });

  it('a refused range may, another refusal may not', () => {
    const refusal = { kind: 'refused', detail: '', facts: {} } as const;
    expect(mayMeanTheRange(ranged, { ...refusal, code: 'range-not-satisfiable' })).toBe(true);
    expect(mayMeanTheRange(ranged, { ...refusal, code: 'range-mismatch' })).toBe(false);
  });
});

it('the plain answer that follows asks for no ranges again', () => {
  const whole = { kind: 'whole', resource: resource({ ranges: 'proved' }), version: 'first' } as const;
  expect(withoutRanges(whole, 'status')).toEqual({
    ...whole,
    resource: { ...whole.resource, ranges: 'refused', refusedBecause: 'status' },
  });
  const other = failed(404);
  expect(withoutRanges(other, 'status')).toBe(other);
});
