import { requestOptionsSchema, type RequestOptions } from '@sluice/contract';
import { describe, expect, it } from 'vitest';
import { forOtherParty, mergeRequest } from '../../../src/plan/request/merge-request.ts';

const before: RequestOptions = { username: 'ann', password: 'old', proxy: 'none', mirrors: ['https://b.org/x'] };

describe('changing how a link is asked for', () => {
  it.each<[string, RequestOptions, RequestOptions]>([
    ['nothing given changes nothing', {}, before],
    ['what is given replaces its like', { password: 'new' }, { ...before, password: 'new' }],
    ['what is new is added', { referer: 'https://a.org/' }, { ...before, referer: 'https://a.org/' }],
    ['an empty text takes away', { password: '' }, { username: 'ann', proxy: 'none', mirrors: ['https://b.org/x'] }],
    ['an empty list takes away', { mirrors: [] }, { username: 'ann', password: 'old', proxy: 'none' }],
    ['a false stays a setting', { insecure: false }, { ...before, insecure: false }],
  ])('%s', (_what, change, after) => {
    const merged = mergeRequest(before, change);
    expect(merged).toEqual(after);
    expect(requestOptionsSchema.parse(merged)).toEqual(after);
  });
});

it('what was said to one server alone does not go along to another', () => {
  const said: RequestOptions = {
    ...before,
    cookies: 'a=1',
    method: 'POST',
    body: 'a=1',
    insecure: true,
    acceptPage: true,
  };
  expect(forOtherParty(said)).toEqual({ proxy: 'none', mirrors: before.mirrors, insecure: true });
});
