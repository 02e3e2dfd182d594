import type { ErrorCode } from '@sluice/contract';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { classify, SluiceError } from '../../../src/errors.ts';
import { judgeLinkFailures, type LinkFailure } from '../../../src/plan/connections/link-failures.ts';

function failed(link: string, code: ErrorCode, retryAfterMs: number | null = null): LinkFailure {
  return { link, error: new SluiceError(code), retryAfterMs };
}

it.each([
  {
    of: 'a dead link alone',
    failures: [failed('link', 'http-not-found')],
    ownCode: 'http-not-found',
    waitsFor: 'link',
  },
  {
    of: 'a busy link alone',
    failures: [failed('link', 'http-unavailable', 5000)],
    ownCode: 'http-unavailable',
    waitsFor: 'link',
  },
  {
    of: 'a dead link and a busy mirror',
    failures: [failed('link', 'http-gone'), failed('a', 'http-unavailable', 5000)],
    ownCode: 'http-gone',
    waitsFor: 'a',
  },
  {
    of: 'a dead link, a busy mirror and a dead one',
    failures: [failed('link', 'http-gone'), failed('a', 'http-unavailable'), failed('b', 'http-not-found')],
    ownCode: 'http-gone',
    waitsFor: 'a',
  },
  {
    of: 'the mirror that may be asked again first',
    failures: [failed('link', 'http-gone'), failed('a', 'http-unavailable', 9000), failed('b', 'stalled')],
    ownCode: 'http-gone',
    waitsFor: 'b',
  },
  {
    of: 'a busy link, whatever its mirrors say',
    failures: [failed('link', 'http-unavailable', 9000), failed('a', 'stalled'), failed('b', 'http-gone')],
    ownCode: 'http-unavailable',
    waitsFor: 'link',
  },
  {
    of: 'nothing but dead links',
    failures: [failed('link', 'http-not-found'), failed('a', 'http-gone')],
    ownCode: 'http-not-found',
    waitsFor: 'link',
  },
])('$of', ({ failures, ownCode, waitsFor }) => {
  const { own, next } = judgeLinkFailures(failures);
  expect({ ownCode: own.code, waitsFor: next.link }).toEqual({ ownCode, waitsFor });
});

it('gives up for good only when no link may recover, and always says what was wrong with the link itself', () => {
  const code = fc.constantFrom<ErrorCode>('http-not-found', 'http-unavailable', 'stalled', 'resource-changed');
  const failure = fc.record({ link: fc.string(), code, retryAfterMs: fc.option(fc.nat(3_600_000)) });
  fc.assert(
    fc.property(fc.array(failure, { minLength: 1 }), (shapes) => {
      const failures = shapes.map((shape) => failed(shape.link, shape.code, shape.retryAfterMs));
      const { own, next } = judgeLinkFailures(failures);
      expect(own).toBe(failures[0]?.error);
      const mayRecover = failures.some(({ error }) => classify(error) === 'transient');
      expect(classify(next.error) === 'transient').toBe(mayRecover);
    }),
  );
});
