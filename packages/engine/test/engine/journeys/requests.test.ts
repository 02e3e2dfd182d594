import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  createGate,
  redirectTo,
  seededSha256,
  startOrigin,
  testCertificate,
  verifySeeded,
} from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import type { LogFields } from '../../../src/ports/log.ts';
import { startEngine } from '../harness.ts';

const mebibyte = 1024 * 1024;
const size = 20_000;

function reprDigest(seed: number): string {
  return `sha-256=:${Buffer.from(seededSha256(seed, 8 * mebibyte), 'hex').toString('base64')}:`;
}

it('F28: cookies and a login stay with the host they were given for, and never reach a log', async () => {
  await using origin = await startOrigin();
  await using other = await startOrigin();
  const logged: string[] = [];
  const note = (text: string, fields?: LogFields): void => void logged.push(`${text} ${JSON.stringify(fields ?? {})}`);
  const log = { debug: note, info: note, warn: note, error: note };
  await using test = await startEngine({ ports: { log } });
  other.serve('/file.bin', { seed: 1, sizeBytes: size });
  // Another host by name, though the same machine.
  origin.script('/file.bin', redirectTo(other.urlOf('/file.bin').replace('127.0.0.1', 'localhost')));
  const id = await test.add(origin.urlOf('/file.bin'), {
    headers: { 'X-Token': 'sesame-1' },
    request: { cookies: 'session=sesame-2; theme=dark', username: 'ann', password: 'sesame-3', userAgent: 'Test/1' },
  });
  await test.reach(id, 'finished');
  expect(origin.requests[0]?.headers).toMatchObject({ cookie: 'session=sesame-2; theme=dark', 'user-agent': 'Test/1' });
  const [received] = other.requests;
  expect(received?.headers).toMatchObject({ 'user-agent': 'Test/1' });
  expect(received?.headerLines.join('\n')).not.toContain('sesame');
  const shown = JSON.stringify([await test.view(id), await test.engine.details({ id }), logged]);
  expect(shown).not.toContain('sesame');
});

it('keeps a cookie that a redirect sets, and sends one of a cookies.txt where its line says', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/files/a.bin', { seed: 1, sizeBytes: size });
  origin.script('/enter', {
    ...redirectTo('/files/a.bin'),
    rawLines: ['Set-Cookie: pass=granted; Path=/files', 'Set-Cookie: stray=1; Domain=example.com'],
  });
  const cookieFile = [
    '# Netscape HTTP Cookie File',
    '127.0.0.1\tFALSE\t/files\tFALSE\t0\tfile\tyes',
    '#HttpOnly_127.0.0.1\tFALSE\t/\tFALSE\t4102444800\tboth\tyes',
    'example.com\tTRUE\t/\tFALSE\t0\tforeign\tno',
    '127.0.0.1\tFALSE\t/\tTRUE\t0\tsecure\tno',
    '127.0.0.1\tFALSE\t/\tFALSE\t1000\texpired\tno',
  ].join('\n');
  await test.reach(await test.add(origin.urlOf('/enter'), { request: { cookieFile } }), 'finished');
  expect(origin.requests[0]?.headers['cookie']).toBe('both=yes');
  const sent = origin.requests[1]?.headers['cookie']?.split('; ').toSorted();
  expect(sent).toEqual(['both=yes', 'file=yes', 'pass=granted']);
});

it.each(['MD5', 'SHA-256'])(
  'answers a Digest challenge with %s once, and the password never travels',
  async (algorithm) => {
    await using origin = await startOrigin();
    await using test = await startEngine();
    origin.serve('/file.bin', { seed: 1, sizeBytes: size });
    const hash = (text: string): string =>
      createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
        .update(text)
        .digest('hex');
    origin.script('/file.bin', ({ headers, target }) => {
      const sent = headers['authorization'] ?? '';
      const field = (name: string): string => new RegExp(`${name}="?([^",]+)`).exec(sent)?.[1] ?? '';
      const secret = hash('ann:files:sesame');
      const expected = hash(`${secret}:n1:${field('nc')}:${field('cnonce')}:auth:${hash(`GET:${target}`)}`);
      if (sent !== '' && field('response') === expected) return {};
      const challenge = `Basic realm="x", Digest realm="files", qop="auth,auth-int", algorithm=${algorithm}, nonce="n1"`;
      return { status: 401, headers: { 'WWW-Authenticate': challenge } };
    });
    const url = origin.urlOf('/file.bin?a=1');
    await test.reach(await test.add(url, { request: { username: 'ann', password: 'sesame' } }), 'finished');
    expect(origin.requests).toHaveLength(2);
    expect(origin.requests.flatMap(({ headerLines }) => headerLines).join('\n')).not.toMatch(/Basic|sesame/);
    const wrong = await test.add(`${url}&b`, { request: { username: 'ann', password: 'wrong' } });
    const failed = await test.until(wrong, ({ state }) => state.kind === 'failed');
    expect(failed.state).toMatchObject({ error: { code: 'http-unauthorized', facts: { login: 'refused' } } });
    expect(origin.requests).toHaveLength(4);
  },
);

it.each([
  [
    { username: 'ann', password: 'wrong' },
    { status: 401, login: 'refused' },
  ],
  [{}, { status: 401 }],
])('tells a login that was refused from one that is wanted: %j', async (request, facts) => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.script('/file.bin', { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="x"' } });
  const id = await test.add(origin.urlOf('/file.bin'), { request });
  const { state } = await test.until(id, (download) => download.state.kind === 'failed');
  expect(state).toMatchObject({ error: { code: 'http-unauthorized' } });
  expect('error' in state ? state.error.facts : null).toEqual(facts);
});

it('sends a form with POST, and follows 303 with a GET that carries none of it', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/file.bin', { seed: 1, sizeBytes: size });
  origin.script('/form', redirectTo('/file.bin', 303));
  await test.reach(await test.add(origin.urlOf('/form'), { request: { method: 'POST', body: 'a=1' } }), 'finished');
  const [form, file] = origin.requests;
  expect({ method: form?.method, body: form?.body.toString() }).toEqual({ method: 'POST', body: 'a=1' });
  expect(form?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect({ method: file?.method, body: file?.body.toString() }).toEqual({ method: 'GET', body: '' });
});

it('sends bytes that are no text as they are', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/upload', { seed: 3, sizeBytes: size });
  const bytes = Buffer.from([0, 255, 128, 13, 10, 0]);
  const request = { method: 'POST', body: bytes.toString('base64'), bodyEncoding: 'base64' } as const;
  await test.reach(await test.add(origin.urlOf('/upload'), { request }), 'finished');
  expect(origin.requests[0]?.body).toEqual(bytes);
});

it('does not hand a form on to another party', async () => {
  await using origin = await startOrigin();
  await using other = await startOrigin();
  await using test = await startEngine();
  origin.script('/form', redirectTo(other.urlOf('/steal'), 307));
  const id = await test.add(origin.urlOf('/form'), { request: { method: 'POST', body: 'password=1' } });
  const failed = await test.until(id, ({ state }) => state.kind === 'failed');
  expect(failed.state).toMatchObject({ error: { code: 'redirect-unsafe' } });
  expect(other.requests).toHaveLength(0);
});

it('never asks for a part of what a form answered', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/form', { seed: 2, sizeBytes: 4 * mebibyte });
  origin.script('/form', (_request, index) => (index === 0 ? { end: { afterBytes: mebibyte, how: 'reset' } } : {}));
  const id = await test.add(origin.urlOf('/form'), { request: { method: 'POST', body: 'a=1' }, name: 'form.bin' });
  await test.reach(id, 'waiting');
  await test.engine.retry({ ids: [id] });
  await test.reach(id, 'finished');
  expect(origin.requests.map(({ method, range }) => `${method} ${range}`)).toEqual(['POST null', 'POST null']);
  expect(await verifySeeded(test.path('form.bin'), 2, 4 * mebibyte)).toBeNull();
});

it('F38: refuses a bad certificate, says why, and takes it for one download that was told to', async () => {
  await using origin = await startOrigin({ tls: 'expired' });
  await using test = await startEngine();
  origin.serve('/file.bin', { seed: 1, sizeBytes: size });
  const certificateAuthority = testCertificate('expired').certificatePem;
  const strict = await test.add(origin.urlOf('/file.bin'), { request: { certificateAuthority } });
  const { state } = await test.until(strict, ({ state: { kind } }) => kind === 'failed');
  expect(state).toMatchObject({ error: { code: 'tls-certificate', facts: { host: '127.0.0.1', problem: 'expired' } } });
  await test.reach(await test.add(origin.urlOf('/file.bin?insecure'), { request: { insecure: true } }), 'finished');
  const again = await test.add(origin.urlOf('/file.bin?strict'));
  const after = await test.until(again, ({ state: { kind } }) => kind === 'failed');
  expect(after.state).toMatchObject({ error: { code: 'tls-certificate' } });
});

it('trusts an authority that a download names', async () => {
  await using origin = await startOrigin({ tls: true });
  await using test = await startEngine();
  origin.serve('/file.bin', { seed: 1, sizeBytes: size });
  const request = { certificateAuthority: testCertificate('trusted').certificatePem };
  await test.reach(await test.add(origin.urlOf('/file.bin'), { request, maxConnections: 1 }), 'finished');
});

it('goes over the family it was told, and over no other', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/file.bin', { seed: 1, sizeBytes: size });
  const url = origin.urlOf('/file.bin').replace('127.0.0.1', 'localhost');
  await test.reach(await test.add(url, { request: { ipFamily: 'ipv4' } }), 'finished');
  const wrong = await test.add(`${url}?6`, { request: { ipFamily: 'ipv6' } });
  await test.until(wrong, ({ state }) => state.kind === 'waiting' || state.kind === 'failed');
  expect(origin.requests).toHaveLength(1);
});

it('keeps to itself what was said to one host when the link becomes one of another', async () => {
  await using origin = await startOrigin();
  await using other = await startOrigin();
  await using test = await startEngine();
  origin.serve('/file.bin', { seed: 1, sizeBytes: size });
  origin.script('/file.bin', { status: 404 });
  other.serve('/file.bin', { seed: 1, sizeBytes: size });
  const request = { username: 'ann', password: 'secret', cookies: 'session=secret', userAgent: 'Agent/1' };
  const id = await test.add(origin.urlOf('/file.bin'), { headers: { 'X-Token': 'secret' }, request });
  await test.until(id, ({ state }) => state.kind === 'failed');
  expect(JSON.stringify(origin.requests.map(({ headers }) => headers))).toContain('secret');
  await test.engine.changeRequest({ id, url: other.urlOf('/file.bin') });
  await test.reach(id, 'finished');
  const [asked] = other.requests;
  expect(asked?.headers).toMatchObject({ 'user-agent': 'Agent/1' });
  expect(JSON.stringify(asked?.headers)).not.toMatch(/secret|YW5u/);
});

it('F82 saves the page when told to, and takes that as said of no other server', async () => {
  await using origin = await startOrigin();
  await using other = await startOrigin();
  await using test = await startEngine();
  const page = { body: '<p>Choose a mirror', contentType: 'text/html' };
  for (const server of [origin, other]) server.serve('/file.zip', page);
  const id = await test.add(origin.urlOf('/file.zip'));
  const failed = await test.until(id, ({ state }) => state.kind === 'failed');
  expect(failed.state).toMatchObject({ error: { code: 'page-instead-of-file' } });
  await test.engine.changeRequest({ id, request: { acceptPage: true } });
  await test.reach(id, 'finished');
  expect(await readFile(test.path('file.zip'), 'utf8')).toBe(page.body);

  origin.serve('/gone.zip', page);
  origin.script('/gone.zip', { status: 404 });
  const moved = await test.add(origin.urlOf('/gone.zip'), { request: { acceptPage: true } });
  await test.until(moved, ({ state }) => state.kind === 'failed');
  await test.engine.changeRequest({ id: moved, url: other.urlOf('/file.zip') });
  const refused = await test.until(moved, ({ state }) => state.kind === 'failed');
  expect(refused.state).toMatchObject({ error: { code: 'page-instead-of-file' } });
});

it('F26: goes on from a new link once its bytes have proved the same, though its validators differ', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const sizeBytes = 8 * mebibyte;
  const gate = createGate();
  origin.serve('/old.bin', { seed: 5, sizeBytes });
  origin.serve('/new.bin', { seed: 5, sizeBytes, etag: '"another"' });
  origin.script('/old.bin', { stall: { afterBytes: 4 * mebibyte, until: gate } });
  const id = await test.add(origin.urlOf('/old.bin'), { maxConnections: 1 });
  await test.until(id, ({ receivedBytes }) => receivedBytes >= 4 * mebibyte);
  await test.engine.changeRequest({ id, url: origin.urlOf('/new.bin') });
  await test.reach(id, 'finished');
  const [first] = origin.requestsOf('/new.bin');
  expect(first?.range).toBe(`bytes=${3 * mebibyte}-${sizeBytes - 1}`);
  expect(origin.requestsOf('/new.bin')).toHaveLength(1);
  expect(await verifySeeded(test.path('old.bin'), 5, sizeBytes)).toBeNull();
  gate.open();
});

it.each([
  ['other bytes', { seed: 6, sizeBytes: 8 * mebibyte }],
  ['another length', { seed: 5, sizeBytes: 8 * mebibyte + 1 }],
  ['another checksum', { seed: 5, sizeBytes: 8 * mebibyte, headers: { 'Repr-Digest': reprDigest(6) } }],
  ['a shorter file', { seed: 5, sizeBytes: mebibyte }],
  ['other bytes and no ranges', { seed: 6, sizeBytes: 8 * mebibyte, ranges: false }],
])('keeps the partial when a new link leads to %s, and goes on when the old one is back', async (_what, resource) => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const sizeBytes = 8 * mebibyte;
  const gate = createGate();
  origin.serve('/old.bin', { seed: 5, sizeBytes, headers: { 'Repr-Digest': reprDigest(5) } });
  origin.serve('/new.bin', resource);
  origin.script('/old.bin', (_request, index) =>
    index === 0 ? { stall: { afterBytes: 4 * mebibyte, until: gate } } : {},
  );
  const id = await test.add(origin.urlOf('/old.bin'), { maxConnections: 1 });
  await test.until(id, ({ receivedBytes }) => receivedBytes >= 4 * mebibyte);
  await test.engine.changeRequest({ id, url: origin.urlOf('/new.bin') });
  const failed = await test.until(id, ({ state }) => state.kind === 'failed');
  expect(failed).toMatchObject({ receivedBytes: 4 * mebibyte, state: { error: { code: 'resource-changed' } } });
  await test.engine.changeRequest({ id, url: origin.urlOf('/old.bin') });
  await test.reach(id, 'finished');
  expect(origin.requestsOf('/old.bin').at(-1)?.range).toBe(`bytes=${4 * mebibyte - 64 * 1024}-${sizeBytes - 1}`);
  expect(await verifySeeded(test.path('old.bin'), 5, sizeBytes)).toBeNull();
  gate.open();
});

it('turns to a mirror when the link fails, keeps what it had, and passes over one that is not equal', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const sizeBytes = 8 * mebibyte;
  origin.serve('/file.bin', { seed: 7, sizeBytes });
  origin.serve('/bad.bin', { seed: 8, sizeBytes });
  origin.serve('/good.bin', { seed: 7, sizeBytes, etag: '"mirror"' });
  origin.script('/file.bin', (_request, index) =>
    index === 0 ? { end: { afterBytes: 4 * mebibyte, how: 'fin' } } : { status: 404 },
  );
  const mirrors = [origin.urlOf('/bad.bin'), origin.urlOf('/good.bin')];
  const id = await test.add(origin.urlOf('/file.bin'), { maxConnections: 1, request: { mirrors } });
  await test.reach(id, 'finished');
  expect(origin.requestsOf('/good.bin')[0]?.asked?.start).toBeGreaterThan(0);
  expect(await verifySeeded(test.path('file.bin'), 7, sizeBytes)).toBeNull();
});
