/** Downloads from servers of files, through all of the engine: whole, taken up, changed in between, refused and stopped. */
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FtpOrigin, startFtpOrigin } from '@sluice/testkit/ftp';
import { seededBytes } from '@sluice/testkit/origin';
import { startProftpd, startSshd } from '@sluice/testkit/servers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpPort } from '../../../src/adapters/http/index.ts';
import { startEngine, type TestEngine } from '../harness.ts';
import { runUntil } from '../killed-child.ts';

const sizeBytes = 3_000_001;
const half = 1_500_000;
const bytes = seededBytes(60, 0, sizeBytes);

/** Names of the programs that this process has started and that still run. */
async function children(): Promise<string[]> {
  const ids = (await readFile(`/proc/self/task/${process.pid}/children`, 'utf8')).trim().split(' ');
  const names = await Promise.all(
    ids.filter((id) => id !== '').map((id) => readFile(`/proc/${id}/comm`, 'utf8').catch(() => '')),
  );
  return names.map((name) => name.trim()).filter((name) => name === 'curl');
}

async function isWhole(test: TestEngine, name: string, expected: Uint8Array): Promise<boolean> {
  return (await readFile(test.path(name))).equals(Buffer.from(expected));
}

describe('real servers', () => {
  it('ftp: the file and nothing else', async () => {
    await using server = await startProftpd();
    await writeFile(join(server.rootFolder, 'file.bin'), bytes);
    await using test = await startEngine();
    const view = await test.reach(await test.add(server.urlOf('file.bin')), 'finished');
    expect(view).toMatchObject({ name: 'file.bin', sizeBytes, receivedBytes: sizeBytes });
    expect(JSON.stringify(view)).not.toContain('sesame');
    expect(await test.names()).toEqual(['file.bin']);
    expect(await isWhole(test, 'file.bin', bytes)).toBe(true);
  });

  it('ftp: a name with a question mark is that of the file, asked for and saved', async () => {
    await using server = await startFtpOrigin();
    server.files.set('a?b.bin', { bytes });
    await using test = await startEngine();
    const { name } = await test.reach(await test.add(server.urlOf('a?b.bin')), 'finished');
    expect(server.commands).toContain('RETR a?b.bin');
    expect(await test.names()).toEqual([name]);
    expect(name).toMatch(/^a.b\.bin$/u);
    expect(await isWhole(test, name, bytes)).toBe(true);
  });

  it.each(['sftp', 'scp'] as const)('%s: the file and nothing else', async (scheme) => {
    await using server = await startSshd();
    await writeFile(join(server.rootFolder, 'file.bin'), bytes);
    await using test = await startEngine({ ports: { http: portAt(server.homeFolder) } });
    await test.reach(await test.add(server.urlOf('file.bin', scheme)), 'finished');
    expect(await test.names()).toEqual(['file.bin']);
    expect(await isWhole(test, 'file.bin', bytes)).toBe(true);
  });

  it('sftp: goes on from what is there, and starts over when the file was replaced', async () => {
    await using server = await startSshd();
    await writeFile(join(server.rootFolder, 'file.bin'), bytes);
    await using test = await startEngine({ ports: { http: portAt(server.homeFolder) } });
    const id = await test.add(server.urlOf('file.bin'), { speedLimitBytesPerSecond: 500_000 });
    await test.until(id, ({ receivedBytes }) => receivedBytes >= 200_000);
    await test.engine.pause({ ids: [id] });
    // The system may list one that has ended until it is reaped.
    await expect.poll(children).toEqual([]);
    expect((await test.view(id)).receivedBytes).toBeGreaterThanOrEqual(200_000);
    await test.engine.setLimits({ ids: [id], speedLimitBytesPerSecond: 0 });
    await test.engine.resume({ ids: [id] });
    await test.reach(id, 'finished');
    expect(await isWhole(test, 'file.bin', bytes)).toBe(true);

    const otherPath = join(server.rootFolder, 'b.bin');
    await writeFile(otherPath, bytes);
    // SFTP tells whole seconds: a file that is replaced within one shows no change.
    await utimes(otherPath, 1_700_000_000, 1_700_000_000);
    const other = await test.add(server.urlOf('b.bin'), { speedLimitBytesPerSecond: 500_000 });
    await test.until(other, (view) => view.receivedBytes >= 200_000);
    await test.engine.pause({ ids: [other] });
    const changed = Uint8Array.from(bytes);
    changed.fill(7, sizeBytes - 1000);
    await writeFile(otherPath, changed);
    await test.engine.setLimits({ ids: [other], speedLimitBytesPerSecond: 0 });
    await test.engine.resume({ ids: [other] });
    await test.replaceChanged(other);
    await test.reach(other, 'finished');
    expect(await isWhole(test, 'b.bin', changed)).toBe(true);
  });

  it('a wrong password is asked for again, and what was fetched stays', async () => {
    await using server = await startProftpd();
    await writeFile(join(server.rootFolder, 'file.bin'), bytes);
    await using test = await startEngine();
    const url = new URL(server.urlOf('file.bin'));
    url.password = '';
    const id = await test.add(url.href, { request: { username: server.username, password: 'no' } });
    const { state } = await test.until(id, (view) => view.state.kind === 'failed');
    expect(state).toMatchObject({ error: { code: 'http-unauthorized', facts: { host: '127.0.0.1' } } });
    await test.engine.changeRequest({ id, request: { username: server.username, password: server.password } });
    await test.engine.retry({ ids: [id] });
    await test.reach(id, 'finished');
    expect(await isWhole(test, 'file.bin', bytes)).toBe(true);
  });
});

describe('a hostile server', () => {
  let server: FtpOrigin;
  let test: TestEngine;
  beforeEach(async () => {
    server = await startFtpOrigin();
    test = await startEngine();
  });
  afterEach(async () => {
    await test[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  /** Fetches half of the file and pauses. */
  async function halt(): Promise<string> {
    server.files.set('file.bin', { bytes, end: { afterBytes: half, how: 'stall' } });
    const id = await test.add(server.urlOf('file.bin'), { maxConnections: 1 });
    await test.until(id, ({ receivedBytes }) => receivedBytes >= half);
    await test.engine.pause({ ids: [id] });
    return id;
  }

  it('a stopped download leaves neither a program nor a connection', async () => {
    await halt();
    // The system may list one that has ended until it is reaped.
    await expect.poll(children).toEqual([]);
    await expect.poll(() => server.openConnections).toBe(0);
  });

  it('goes on behind an overlap that proves the file to be the same', async () => {
    const id = await halt();
    server.files.set('file.bin', { bytes });
    await test.engine.resume({ ids: [id] });
    await test.reach(id, 'finished');
    expect(server.commands.filter((command) => command.startsWith('REST'))).toEqual([`REST ${half - 64 * 1024}`]);
    expect(await isWhole(test, 'file.bin', bytes)).toBe(true);
  });

  it.each([
    ['after a connection that fell silent', 1],
    ['over several connections', 16],
  ])('that begins at the beginning whatever REST says is never believed: %s', async (_what, maxConnections) => {
    const large = seededBytes(62, 0, 30_000_000);
    server.files.set('large.bin', { bytes: large, end: { afterBytes: 20_000_000, how: 'stall' } });
    server.replies = { REST: '350 surely' };
    const request = { timeouts: { idleTimeoutMs: 1000 } };
    const id = await test.add(server.urlOf('large.bin'), { maxConnections, request });
    await test.until(id, ({ receivedBytes }) => receivedBytes >= 20_000_000);
    server.files.set('large.bin', { bytes: large });
    await test.reach(id, 'finished');
    expect(await isWhole(test, 'large.bin', large)).toBe(true);
  });

  it('F52: kill -9 in the middle: what was written is taken up, and the bytes are right', async () => {
    const large = seededBytes(61, 0, 8_000_000);
    server.files.set('large.bin', { bytes: large, end: { afterBytes: 6_000_000, how: 'stall' } });
    const url = server.urlOf('large.bin');
    await runUntil({ folder: test.folder, url }, ({ receivedBytes = 0 }) => receivedBytes >= 6_000_000);
    server.files.set('large.bin', { bytes: large });
    const before = server.commands.length;
    await runUntil({ folder: test.folder, url }, ({ state }) => state?.kind === 'finished');
    expect(server.commands.slice(before)).toContainEqual(expect.stringMatching(/^REST \d{6,7}$/));
    expect(await isWhole(test, 'large.bin', large)).toBe(true);
  });

  const changed = Uint8Array.from(bytes).fill(7, 1000);
  it.each([
    ['another time', { bytes: changed, modified: '20210102030405' }, {}],
    ['another length', { bytes: changed.subarray(0, half + 5000) }, {}],
    ['other bytes alone', { bytes: changed }, {}],
    ['other bytes, and the server says nothing of files', { bytes: changed }, { SIZE: '500 no', MDTM: '500 no' }],
  ] as const)('a file that has changed is fetched anew, and never mixed: %s', async (_what, file, replies) => {
    if ('SIZE' in replies) server.replies = replies;
    const id = await halt();
    server.files.set('file.bin', file);
    await test.engine.resume({ ids: [id] });
    await test.replaceChanged(id);
    await test.reach(id, 'finished');
    expect(await isWhole(test, 'file.bin', file.bytes)).toBe(true);
  });

  it('one that cannot begin in the middle is read from the start, and compared', async () => {
    const id = await halt();
    server.files.set('file.bin', { bytes });
    server.replies = { REST: '502 no' };
    await test.engine.resume({ ids: [id] });
    await test.reach(id, 'finished');
    expect(await isWhole(test, 'file.bin', bytes)).toBe(true);
  });

  it('one that breaks off is asked again for the rest', async () => {
    server.files.set('file.bin', { bytes, end: { afterBytes: half, how: 'cut' } });
    const id = await test.add(server.urlOf('file.bin'), { maxConnections: 1 });
    await test.reach(id, 'finished');
    expect(await isWhole(test, 'file.bin', bytes)).toBe(true);
  });

  it('says that there is no such file', async () => {
    const id = await test.add(server.urlOf('missing'));
    const { state } = await test.until(id, (view) => view.state.kind === 'failed');
    expect(state).toMatchObject({ error: { code: 'http-not-found' } });
    expect(await test.names()).toEqual([]);
  });

  it.each([
    ['..%2F..%2Fetc%2Fpasswd', /^[^/]*passwd$/],
    ['%2e%2e%5cfile', /^[^/\\]*file$/],
    ['a%22b%20%60id%60.bin', /^a.b .id.\.bin$/],
    ['-o%20x', /x$/],
  ])('a link that ends in %s names a plain file in the folder', async (path, name) => {
    server.files.set(Buffer.from(decodeURIComponent(path)).toString('latin1'), { bytes });
    await test.reach(await test.add(server.urlOf(path)), 'finished');
    const [only = '', ...others] = await test.names();
    expect([only, others]).toEqual([expect.stringMatching(name), []]);
    expect(await readdir(test.folder)).toEqual([only]);
  });

  it('a link cannot be asked for by a way that does not lead there', async () => {
    const { results } = await test.engine.add({
      downloads: [{ url: server.urlOf('file.bin'), request: { backend: 'socket' } }],
    });
    const facts = { name: 'backend', backend: 'socket', scheme: 'ftp' };
    expect(results).toMatchObject([{ kind: 'rejected', error: { code: 'request-invalid', facts } }]);
    expect(server.commands).toEqual([]);
  });
});

function portAt(homeFolder: string) {
  return createHttpPort({ curl: { environment: { ...process.env, HOME: homeFolder } } });
}
