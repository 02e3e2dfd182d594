import { expect, it } from 'vitest';
import { SluiceError } from '../../../src/errors.ts';
import {
  type FailureFacts,
  isFatal,
  judgeFailure,
  judgeMirrorFailure,
} from '../../../src/plan/connections/connection-failure.ts';
import { resource } from '../resources.ts';

const alone: FailureFacts = {
  resource: resource(),
  othersOpen: 0,
  deliveredBytes: 100,
  wasRedirected: false,
  isOfBody: false,
  isFirstAlone: false,
  isCoolingDown: false,
  isKnownRefusal: false,
};
const amongOthers: FailureFacts = { ...alone, othersOpen: 3 };

it.each([
  { of: 'a reset among others', code: 'connection-reset', facts: amongOthers, verdict: 'carry-on' },
  {
    of: 'one that brought nothing',
    code: 'stalled',
    facts: { ...amongOthers, deliveredBytes: 0 },
    verdict: 'turned-away',
  },
  {
    of: 'a 404 among others',
    code: 'http-not-found',
    facts: { ...amongOthers, deliveredBytes: 0 },
    verdict: 'turned-away',
  },
  { of: 'F71 another version', code: 'resource-changed', facts: amongOthers, verdict: 'no-further' },
  { of: 'F66 a part that nothing confirms', code: 'resume-unproved', facts: amongOthers, verdict: 'no-further' },
  { of: 'a whole body for a range', code: 'range-ignored', facts: amongOthers, verdict: 'no-further' },
  { of: 'F71 another version to a lone one', code: 'resource-changed', facts: alone, verdict: 'stop' },
  { of: 'a bad certificate', code: 'tls-certificate', facts: amongOthers, verdict: 'carry-on' },
  { of: 'F127 no descriptor left for one more', code: 'too-many-files', facts: amongOthers, verdict: 'fewer' },
  { of: 'F127 no memory left for one more', code: 'file-busy', facts: amongOthers, verdict: 'fewer' },
  { of: 'F127 no descriptor left for the only one', code: 'too-many-files', facts: alone, verdict: 'stop' },
  { of: 'a full disk among others', code: 'disk-full', facts: amongOthers, verdict: 'stop' },
  {
    of: 'F72 a page among others',
    code: 'page-instead-of-file',
    facts: { ...amongOthers, deliveredBytes: 0 },
    verdict: 'turned-away',
  },
  {
    of: 'F72 a page to the only one, where pages turned others away',
    code: 'page-instead-of-file',
    facts: { ...alone, isKnownRefusal: true },
    verdict: 'replace-later',
  },
  { of: 'F72 a page to the only one', code: 'page-instead-of-file', facts: alone, verdict: 'stop' },
  {
    of: 'F71 another version of what only a date names',
    code: 'resource-changed',
    facts: { ...amongOthers, resource: resource({ etag: null }) },
    verdict: 'stop',
  },
  {
    of: 'F71 the same while the first response alone has brought bytes',
    code: 'resource-changed',
    facts: { ...amongOthers, deliveredBytes: 0, isFirstAlone: true, resource: resource({ etag: null }) },
    verdict: 'no-further',
  },
  {
    of: 'other bytes under the same version',
    code: 'resource-changed',
    facts: { ...amongOthers, isOfBody: true },
    verdict: 'stop',
  },
  {
    of: 'the same while the first response alone has brought bytes',
    code: 'resource-changed',
    facts: { ...amongOthers, isOfBody: true, isFirstAlone: true },
    verdict: 'no-further',
  },
  {
    of: 'F80 a lone reset while the server wants to be left alone',
    code: 'connection-reset',
    facts: { ...alone, isCoolingDown: true },
    verdict: 'stop',
  },
  {
    of: 'F80 a busy place that the link led to',
    code: 'http-unavailable',
    facts: { ...alone, wasRedirected: true, isCoolingDown: true },
    verdict: 'stop',
  },
  { of: 'a full disk', code: 'disk-io', facts: amongOthers, verdict: 'stop' },
  { of: 'a lone reset', code: 'connection-reset', facts: alone, verdict: 'replace' },
  { of: 'a lone short body', code: 'body-short', facts: alone, verdict: 'replace' },
  {
    of: 'a lone one that brought nothing',
    code: 'connection-reset',
    facts: { ...alone, deliveredBytes: 0 },
    verdict: 'stop',
  },
  { of: 'a lone busy server', code: 'http-unavailable', facts: alone, verdict: 'stop' },
  { of: 'an expired place', code: 'http-forbidden', facts: { ...alone, wasRedirected: true }, verdict: 'ask-link' },
  {
    of: 'one that cannot go on',
    code: 'connection-reset',
    facts: { ...alone, resource: resource({ ranges: 'refused' }) },
    verdict: 'stop',
  },
] as const)('F24 F33 F34 judges $of as $verdict', ({ code, facts, verdict }) => {
  expect(judgeFailure(new SluiceError(code), facts)).toBe(verdict);
});

it('stops at what is no error of ours', () => {
  expect(judgeFailure(new TypeError('a bug'), amongOthers)).toBe('stop');
  expect(isFatal(new TypeError('a bug'))).toBe(true);
});

it.each([
  {
    of: 'another version',
    code: 'resource-changed',
    facts: { othersOpen: 1, deliveredBytes: 0, failures: 1 },
    verdict: 'give-up',
  },
  {
    of: 'a reset on the way',
    code: 'connection-reset',
    facts: { othersOpen: 0, deliveredBytes: 9, failures: 2 },
    verdict: 'carry-on',
  },
  {
    of: 'one reset too many',
    code: 'connection-reset',
    facts: { othersOpen: 2, deliveredBytes: 9, failures: 3 },
    verdict: 'give-up',
  },
  {
    of: 'a further one turned away',
    code: 'http-unavailable',
    facts: { othersOpen: 1, deliveredBytes: 0, failures: 1 },
    verdict: 'no-more',
  },
  {
    of: 'the only one turned away',
    code: 'http-unavailable',
    facts: { othersOpen: 0, deliveredBytes: 0, failures: 1 },
    verdict: 'give-up',
  },
  {
    of: 'a bad certificate',
    code: 'tls-certificate',
    facts: { othersOpen: 1, deliveredBytes: 0, failures: 1 },
    verdict: 'give-up',
  },
  {
    of: "this side's disk",
    code: 'disk-full',
    facts: { othersOpen: 1, deliveredBytes: 9, failures: 1 },
    verdict: 'stop',
  },
] as const)('judges $of at a mirror as $verdict', ({ code, facts, verdict }) => {
  expect(judgeMirrorFailure(new SluiceError(code), facts)).toBe(verdict);
});
