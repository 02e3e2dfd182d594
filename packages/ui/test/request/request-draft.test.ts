/** What is typed about a request, and what it means. */
import { requestOptionsSchema } from '@sluice/contract';
import { describe, expect, it } from 'vitest';
import { emptyDraft, readDraft, type RequestDraft } from '../../src/request/request-draft.ts';

describe('reading a request', () => {
  it.each<[string, Partial<RequestDraft>, object]>([
    ['nothing filled in asks for nothing', {}, {}],
    ['a login', { username: ' ann ', password: ' s ' }, { request: { username: 'ann', password: ' s ' } }],
    ['cookies as they are copied', { cookies: 'Cookie: a=1; b=2' }, { request: { cookies: 'a=1; b=2' } }],
    ['headers', { headers: 'X-A: 1\n\n X-B:two:2 ' }, { headers: { 'X-A': '1', 'X-B': 'two:2' } }],
    ['no proxy', { proxyChoice: 'none', proxy: 'left over' }, { request: { proxy: 'none' } }],
    ['the proxy of the system', { proxyChoice: 'system', proxy: 'left over' }, {}],
    ['a bare proxy', { proxyChoice: 'own', proxy: 'p.org:8080' }, { request: { proxy: 'http://p.org:8080' } }],
    ['a proxy', { proxyChoice: 'own', proxy: 'socks5://p.org:1' }, { request: { proxy: 'socks5://p.org:1' } }],
    [
      'mirrors',
      { mirrors: 'https://a.org/1\nhttps://b.org/1' },
      { request: { mirrors: ['https://a.org/1', 'https://b.org/1'] } },
    ],
    ['another way', { backend: 'curl' }, { request: { backend: 'curl' } }],
    ['back to automatic', { backend: 'auto' }, { request: { backend: 'auto' } }],
    ['trust', { insecure: true }, { request: { insecure: true } }],
    [
      'where it was found',
      { referer: 'https://a.org/', userAgent: 'B/1' },
      { request: { referer: 'https://a.org/', userAgent: 'B/1' } },
    ],
  ])('%s', (_what, typed, fields) => {
    const reading = readDraft({ ...emptyDraft, ...typed });
    expect(reading).toEqual({ fields, problems: [] });
    expect(requestOptionsSchema.safeParse(reading.fields.request ?? {}).success).toBe(true);
  });

  it.each<[string, Partial<RequestDraft>, string]>([
    ['a header without a colon', { headers: 'X-A 1' }, 'headers'],
    ['a header without a name', { headers: ': 1' }, 'headers'],
    ['an own proxy that is empty', { proxyChoice: 'own' }, 'proxy'],
    ['a proxy of another kind', { proxyChoice: 'own', proxy: 'gopher://p.org' }, 'proxy'],
    ['a mirror that is no link', { mirrors: 'https://a.org/1\nb' }, 'mirrors'],
  ])('%s is told', (_what, typed, problem) => {
    expect(readDraft({ ...emptyDraft, ...typed }).problems).toEqual([problem]);
  });
});
