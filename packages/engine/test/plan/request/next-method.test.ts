import { expect, test } from 'vitest';
import { isIdempotent, isSafe, type Method, nextMethod } from '../../../src/plan/request/next-method.ts';

test.each<[Method, Record<number, Method>]>([
  ['GET', { 300: 'GET', 301: 'GET', 302: 'GET', 303: 'GET', 307: 'GET', 308: 'GET' }],
  ['HEAD', { 300: 'HEAD', 301: 'HEAD', 302: 'HEAD', 303: 'HEAD', 307: 'HEAD', 308: 'HEAD' }],
  ['POST', { 300: 'GET', 301: 'GET', 302: 'GET', 303: 'GET', 307: 'POST', 308: 'POST' }],
  ['PUT', { 300: 'PUT', 301: 'PUT', 302: 'PUT', 303: 'GET', 307: 'PUT', 308: 'PUT' }],
  ['PATCH', { 300: 'PATCH', 301: 'PATCH', 302: 'PATCH', 303: 'GET', 307: 'PATCH', 308: 'PATCH' }],
  ['DELETE', { 300: 'DELETE', 301: 'DELETE', 302: 'DELETE', 303: 'GET', 307: 'DELETE', 308: 'DELETE' }],
])('%s behind a redirect', (method, expected) => {
  for (const [status, next] of Object.entries(expected)) expect(nextMethod(method, Number(status)), status).toBe(next);
});

test('what is safe, and what may be done twice', () => {
  const methods: readonly Method[] = ['GET', 'HEAD', 'PUT', 'DELETE', 'POST', 'PATCH'];
  expect(methods.filter(isSafe)).toEqual(['GET', 'HEAD']);
  expect(methods.filter(isIdempotent)).toEqual(['GET', 'HEAD', 'PUT', 'DELETE']);
});
