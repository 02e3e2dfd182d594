import type { RequestOptions } from '@sluice/contract';
import { describe, expect, test } from 'vitest';
import { checkRequest } from '../../src/plan/check-request.ts';
import { requestBody } from '../../src/plan/request-body.ts';

describe('options that contradict each other are refused by name', () => {
  test.each<[string, RequestOptions]>([
    ['body', { body: 'x' }],
    ['body', { method: 'GET', body: 'x' }],
    ['contentType', { contentType: 'text/plain' }],
    ['bodyEncoding', { method: 'POST', bodyEncoding: 'base64' }],
    ['body', { method: 'POST', body: 'n*t base64', bodyEncoding: 'base64' }],
    ['mirrors', { method: 'POST', mirrors: ['http://a.test/'] }],
  ])('%s in %j', (name, options) => {
    expect(() => checkRequest(options)).toThrow(expect.objectContaining({ code: 'request-invalid', facts: { name } }));
  });
});

test.each<[RequestOptions, number[]]>([
  [{}, []],
  [{ body: 'é' }, [195, 169]],
  [{ body: 'AP8=', bodyEncoding: 'base64' }, [0, 255]],
  [{ body: 'AP8=', bodyEncoding: 'utf-8' }, [65, 80, 56, 61]],
])('the bytes of %j', (options, bytes) => {
  expect([...requestBody(options)]).toEqual(bytes);
});
