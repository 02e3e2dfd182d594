/** The curl backend against real servers of files: what a head is put together from, ranges, and every kind of no. */
import { execFile } from 'node:child_process';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startFtpOrigin } from '@sluice/testkit/ftp';
import { seededBytes } from '@sluice/testkit/origin';
import { findFreePort, type Proftpd, type Sshd, startProftpd, startSshd } from '@sluice/testkit/servers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHttpPort } from '../../../../src/adapters/http/index.ts';
import type { HttpPort, HttpRequest } from '../../../../src/ports/http.ts';
import { requestHeaders, wireUrl } from '../../../../src/plan/request/request-headers.ts';
import { expectFailure, never, requestFor } from '../backend-harness.ts';
import { collectingSink, type SinkRhythm } from '../sinks.ts';

const sizeBytes = 300_001;
const whole = Buffer.from(seededBytes(5, 0, sizeBytes));
const modified = new Date('2020-01-02T03:04:05Z');
const lastModified = 'Thu, 02 Jan 2020 03:04:05 GMT';

let proftpd: Proftpd;
let sshd: Sshd;
let http: HttpPort;
beforeAll(async () => {
  proftpd = await startProftpd();
  sshd = await startSshd();
  for (const { rootFolder } of [proftpd, sshd]) {
    await mkdir(join(rootFolder, 'a folder'));
    for (const name of ['file.bin', 'a folder/wéird %41;#?.bin']) {
      await writeFile(join(rootFolder, name), whole);
      await utimes(join(rootFolder, name), modified, modified);
    }
    await writeFile(join(rootFolder, 'empty'), '');
  }
  await writeFile(join(sshd.homeFolder, '.ssh', 'known_hosts'), sshd.knownHost + proftpd.knownHost);
  http = createHttpPort({
    certificateAuthorities: [proftpd.certificatePem],
    curl: { environment: { ...process.env, HOME: sshd.homeFolder } },
  });
});
afterAll(async () => {
  await http.close();
  await proftpd[Symbol.asyncDispose]();
  await sshd[Symbol.asyncDispose]();
});

const ways = [
  { name: 'ftp', urlOf: (path: string) => proftpd.urlOf(path, 'ftp') },
  { name: 'sftp', urlOf: (path: string) => sshd.urlOf(path, 'sftp') },
] as const;

describe.each(ways)('$name', ({ urlOf }) => {
  test('a whole file, with its size and its time', async () => {
    const { head, bytes, outcome } = await read(urlOf('file.bin'));
    expect(head).toEqual([
      200,
      { 'last-modified': lastModified, 'accept-ranges': 'bytes', 'content-length': String(sizeBytes) },
    ]);
    expect([outcome, bytes.equals(whole)]).toEqual(['end', true]);
  });

  test.each([
    [1000, 200_000],
    [1000, null],
    [sizeBytes - 1, sizeBytes],
    [0, 1],
  ])('the part from %d to %s', async (start, end) => {
    const { head, bytes, outcome } = await read(urlOf('file.bin'), { range: { start, end }, pauseEvery: 2 });
    const last = (end ?? sizeBytes) - 1;
    expect(head).toMatchObject([
      206,
      { 'content-range': `bytes ${start}-${last}/${sizeBytes}`, 'last-modified': lastModified },
    ]);
    expect([outcome, bytes.equals(whole.subarray(start, last + 1))]).toEqual(['end', true]);
  });

  test.each([sizeBytes, sizeBytes + 5])('nothing is left from %d on', async (start) => {
    const { head, bytes } = await read(urlOf('file.bin'), { range: { start, end: null } });
    expect(head).toMatchObject([416, { 'content-range': `bytes */${sizeBytes}` }]);
    expect(bytes).toHaveLength(0);
  });

  test('an empty file', async () => {
    const { head, bytes, outcome } = await read(urlOf('empty'));
    expect([head[0], bytes.length, outcome]).toEqual([200, 0, 'end']);
  });

  test('a name with everything in it', async () => {
    for (const mark of ['%3F', '?']) {
      const { bytes } = await read(urlOf(`a%20folder/w%C3%A9ird%20%2541%3B%23${mark}.bin`));
      expect(bytes.equals(whole)).toBe(true);
    }
  });

  test('a file that is not there, a folder that is not there, and a folder', async () => {
    await expectFailure('http-not-found', read(urlOf('missing')));
    await expectFailure('http-not-found', read(urlOf('no/such/folder/missing')));
    const error: unknown = await read(urlOf('a%20folder')).catch((reason: unknown) => reason);
    expect(error).toHaveProperty('code', expect.stringMatching(/^http-(?:not-found|forbidden)$|^connection-reset$/));
  });

  test('a path that holds a further command is not asked for', async () => {
    const error: unknown = await read(urlOf('file.bin%0D%0ADELE%20file.bin')).catch((reason: unknown) => reason);
    expect(error).toHaveProperty('code', expect.stringMatching(/^url-invalid$|^http-not-found$/));
    expect((await read(urlOf('file.bin'))).bytes).toHaveLength(sizeBytes);
  });

  test('a sink that has enough ends it', async () => {
    const { outcome, bytes } = await read(urlOf('file.bin'), { spaceBytes: 1000, enoughAt: 5000 });
    expect([outcome, bytes.equals(whole.subarray(0, 5000))]).toEqual(['enough', true]);
  });
});

test.each(['ftp', 'ftps', 'sftp', 'scp'] as const)('%s: a wrong password', async (scheme) => {
  const url = new URL(proftpd.urlOf('file.bin', scheme));
  url.password = 'wrong';
  const error = await expectFailure('http-unauthorized', read(url.href));
  expect(error.facts).toMatchObject({ host: '127.0.0.1' });
  expect(JSON.stringify([error.message, error.facts])).not.toContain('wrong');
});

test('a login that holds a further command is not sent', async () => {
  const url = new URL(proftpd.urlOf('file.bin'));
  url.password = 'x\r\nDELE file.bin';
  await expectFailure('request-invalid', read(url.href));
});

test('scp: a whole file, of which nothing is known but that it is all there', async () => {
  for (const url of [proftpd.urlOf('file.bin', 'scp'), sshd.urlOf('file.bin', 'scp')]) {
    const { head, bytes, outcome, framing } = await read(url, { range: { start: 5, end: null } });
    expect([head, framing]).toEqual([[200, { 'accept-ranges': 'none' }], 'chunked']);
    expect([outcome, bytes.equals(whole)]).toEqual(['end', true]);
  }
  await expectFailure('http-not-found', read(sshd.urlOf('missing', 'scp')));
  expect((await read(sshd.urlOf('empty', 'scp'))).bytes).toHaveLength(0);
});

test.each(['ftps', 'sftp'] as const)('%s with a password: a whole file and a part', async (scheme) => {
  const full = await read(proftpd.urlOf('file.bin', scheme));
  expect(full.head).toMatchObject([200, { 'last-modified': lastModified, 'content-length': String(sizeBytes) }]);
  expect([full.outcome, full.bytes.equals(whole)]).toEqual(['end', true]);
  const part = await read(proftpd.urlOf('file.bin', scheme), { range: { start: 1000, end: 200_000 } });
  expect(part.head).toMatchObject([206, { 'content-range': `bytes 1000-199999/${sizeBytes}` }]);
  expect([part.outcome, part.bytes.equals(whole.subarray(1000, 200_000))]).toEqual(['end', true]);
});

describe('an FTP server', () => {
  test.each([
    ['tells neither size nor time', { SIZE: '500 what?', MDTM: '500 what?' }],
    ['cannot begin in the middle', { REST: '502 what?' }],
  ])('that %s hands out the whole, whose end its own word proves', async (_what, replies) => {
    await using server = await startFtpOrigin();
    server.files.set('file.bin', { bytes: whole });
    server.replies = replies;
    const { head, bytes } = await read(server.urlOf('file.bin'), { range: { start: 1000, end: null } });
    expect([head[0], bytes.equals(whole)]).toEqual([200, true]);
    const { outcome } = await read(server.urlOf('file.bin'));
    expect(outcome).toBe('end');
  });

  test.each([
    ['breaks off', 'cut'],
    ['says that it failed', 'fail'],
  ] as const)('that %s in the middle left a short body, whether or not its length was known', async (_what, how) => {
    await using server = await startFtpOrigin();
    server.files.set('file.bin', { bytes: whole, end: { afterBytes: 100_000, how } });
    for (const replies of [{}, { SIZE: '500 what?' }]) {
      server.replies = replies;
      const { body } = await http.exchange(questionFor(server.urlOf('file.bin')), never);
      const sink = collectingSink();
      const error: unknown = await body.pipeTo(sink, never).catch((reason: unknown) => reason);
      expect(error).toHaveProperty('code', expect.stringMatching(/^body-short$|^connection-reset$|^http-unavailable$/));
      expect(sink.bytes().equals(whole.subarray(0, 100_000))).toBe(true);
    }
  });

  test.each([
    ['http-unavailable', { GREETING: '421 too many of you' }],
    ['http-unavailable', { RETR: '450 busy' }],
    ['http-unauthorized', { PASS: '530 no' }],
    ['http-not-found', { RETR: '550 no' }],
    ['http-malformed', { EPSV: '229 nowhere', PASV: '227 nowhere' }],
  ] as const)('%s for %j', async (code, replies) => {
    await using server = await startFtpOrigin();
    server.files.set('file.bin', { bytes: whole });
    server.replies = replies;
    await expectFailure(code, read(server.urlOf('file.bin')));
  });

  test('that names a size in its greeting is not believed', async () => {
    await using server = await startFtpOrigin();
    server.files.set('file.bin', { bytes: whole });
    server.replies = { GREETING: '220-hello\r\n220-213 5\r\n220 ready', SIZE: '213 300001 or so' };
    const { head, bytes } = await read(server.urlOf('file.bin'));
    expect([head[1]['content-length'], bytes.length]).toEqual([undefined, sizeBytes]);
  });

  test.each(['a?b.bin', 'a.bin?', 'a??b.bin', 'pub?x/b.bin', '?a.bin', 'a?;type=a'])(
    'that has %s is asked for that very name: a link to a server of files has no query',
    async (name) => {
      await using server = await startFtpOrigin();
      server.files.set(name, { bytes: whole });
      const { bytes } = await read(server.urlOf(name));
      expect(bytes.equals(whole)).toBe(true);
      const encoded = await read(server.urlOf(name.replaceAll('?', '%3F')));
      expect(encoded.bytes.equals(whole)).toBe(true);
    },
  );

  test.each(['a;type=ascii', 'pub;type=a/b.bin', 'a;type=directory', 'a;TYPE=a.bin'])(
    'that has %s is asked for that very name, byte for byte: curl would take the middle of it for an order',
    async (name) => {
      await using server = await startFtpOrigin();
      server.files.set(name, { bytes: whole });
      const { bytes } = await read(server.urlOf(name));
      expect(bytes.equals(whole)).toBe(true);
      expect(server.commands).toContain('TYPE I');
    },
  );

  test('that falls silent: before the head, and in the body', async () => {
    await using server = await startFtpOrigin();
    server.files.set('file.bin', { bytes: whole, end: { afterBytes: 1000, how: 'stall' } });
    const { body } = await http.exchange({ ...questionFor(server.urlOf('file.bin')), idleTimeoutMs: 50 }, never);
    await expectFailure('stalled', body.pipeTo(collectingSink(), never));
    server.replies = { RETR: '' };
    await expectFailure(
      'stalled',
      http.exchange({ ...questionFor(server.urlOf('file.bin')), headTimeoutMs: 300 }, never),
    );
    await expect.poll(() => server.openConnections).toBe(0);
  });
});

describe('whose key is not known', () => {
  const strangers = [
    ['a server nobody has met', 'unknown', () => ''],
    ['a server with another key', 'changed', () => proftpd.knownHost.replace(/\S+\n$/, otherKey())],
    [
      'a key that was revoked',
      'unknown',
      () => `${proftpd.knownHost}@revoked * ${proftpd.knownHost.slice(proftpd.knownHost.indexOf(' ') + 1)}`,
    ],
  ] as const;
  test.each(strangers)('%s is not spoken to', async (_what, problem, knownHosts) => {
    await using home = await startSshd();
    await writeFile(join(home.homeFolder, '.ssh', 'known_hosts'), knownHosts());
    const wary = createHttpPort({ curl: { environment: { ...process.env, HOME: home.homeFolder } } });
    for (const scheme of ['sftp', 'scp'] as const) {
      const request = questionFor(proftpd.urlOf('file.bin', scheme));
      const error = await expectFailure('ssh-host-key', wary.exchange(request, never));
      expect(error.facts).toMatchObject({ host: '127.0.0.1', port: proftpd.sshPort, problem });
      const route = {
        proxy: null,
        ipFamily: 'any',
        certificateAuthorities: [],
        clientCertificate: null,
        isInsecure: true,
      } as const;
      const trusted = await wary.exchange({ ...request, route }, never);
      expect(trusted.status).toBe(200);
      trusted.body.discard();
    }
  });
});

test('an FTPS server with a certificate nobody vouches for', async () => {
  const error = await expectFailure(
    'tls-certificate',
    createHttpPort().exchange(questionFor(proftpd.urlOf('file.bin', 'ftps')), never),
  );
  expect(error.facts).toMatchObject({ host: '127.0.0.1', port: proftpd.securePort });
});

test('a server that is not there, by port and by name', async () => {
  await expectFailure('connect-refused', read(`ftp://127.0.0.1:${await findFreePort()}/file.bin`));
  const error: unknown = await read('sftp://no-such-host.invalid/file.bin').catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    // Without a network nobody can say that there is no such name.
    code: expect.stringMatching(/^dns-(?:not-found|temporary)$/),
    facts: { host: 'no-such-host.invalid', reason: expect.stringMatching(/^E/) },
  });
});

test('a system without curl', async () => {
  const without = createHttpPort({ curl: { program: '/nowhere/curl' } });
  const error = await expectFailure('unsupported', without.exchange(questionFor(proftpd.urlOf('file.bin')), never));
  expect(error.facts).toEqual({ missing: 'curl', scheme: 'ftp' });
});

test.each([
  ['has been asked before', ['asked-before'], '200 too-many-files 200'],
  ['has not', [], 'too-many-files 200'],
] as const)('no descriptor is left for a curl that %s: that is told, and passes', async (_what, how, answers) => {
  await using server = await startFtpOrigin();
  server.files.set('file.bin', { bytes: whole });
  const script = join(import.meta.dirname, '../starved-child.ts');
  const command = ['-c', 'ulimit -n 40 && exec "$0" "$@"', process.execPath, script, server.urlOf('file.bin'), ...how];
  const { stdout } = await promisify(execFile)('/bin/sh', command);
  expect(stdout).toBe(answers);
});

/** Another key of the same kind. */
function otherKey(): string {
  const [, , key = ''] = proftpd.knownHost.trim().split(' ');
  return `${key.slice(0, -20)}${key.at(-20) === 'A' ? 'B' : 'A'}${key.slice(-19)}\n`;
}

function questionFor(url: string, range: { start: number; end: number | null } | null = null): HttpRequest {
  return requestFor(wireUrl(url), {
    headers: requestHeaders({ url, link: url, userAgent: 'test', headers: {}, range }),
  });
}

async function read(
  url: string,
  { range = null, ...rhythm }: SinkRhythm & { range?: { start: number; end: number | null } | null } = {},
) {
  const { status, headers, body } = await http.exchange(questionFor(url, range), never);
  const sink = collectingSink(rhythm);
  const outcome = await body.pipeTo(sink, never);
  return { head: [status, Object.fromEntries(headers)] as const, framing: body.framing, bytes: sink.bytes(), outcome };
}
