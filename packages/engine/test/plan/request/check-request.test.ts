import type { RequestOptions } from '@sluice/contract';
import { describe, expect, test } from 'vitest';
import { checkRequest } from '../../../src/plan/request/check-request.ts';
import { requestBody } from '../../../src/plan/request/request-body.ts';

describe('options that contradict each other are refused by name', () => {
  test.each<[string, RequestOptions]>([
    ['body', { body: 'x' }],
    ['body', { method: 'GET', body: 'x' }],
    ['contentType', { contentType: 'text/plain' }],
    ['bodyEncoding', { method: 'POST', bodyEncoding: 'base64' }],
    ['body', { method: 'POST', body: 'n*t base64', bodyEncoding: 'base64' }],
    ['mirrors', { method: 'POST', mirrors: ['http://a.test/'] }],
  ])('%s in %j', (name, options) => {
    expect(() => checkRequest('https://a.test/file', options)).toThrow(
      expect.objectContaining({ code: 'request-invalid', facts: { name } }),
    );
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

describe('a way that cannot fetch the link', () => {
  test.each<[string, RequestOptions, string]>([
    ['ftp://a.test/file', { backend: 'socket' }, 'ftp'],
    ['sftp://a.test/file', { backend: 'undici' }, 'sftp'],
    ['https://a.test/file', { backend: 'undici', mirrors: ['ftp://b.test/file'] }, 'ftp'],
  ])('%s with %j', (url, options, scheme) => {
    const facts = { name: 'backend', backend: options.backend, scheme };
    expect(() => checkRequest(url, options)).toThrow(expect.objectContaining({ code: 'request-invalid', facts }));
    const auto = { ...options, backend: 'auto' } as const;
    expect(checkRequest(url, auto)).toEqual(auto);
  });

  test('a form goes to a web server alone', () => {
    expect(() => checkRequest('ftp://a.test/file', { method: 'POST' })).toThrow(
      expect.objectContaining({ code: 'request-invalid', facts: { name: 'method' } }),
    );
  });
});
