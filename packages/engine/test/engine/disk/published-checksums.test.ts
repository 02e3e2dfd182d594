import type { NewDownload, Settings } from '@sluice/contract';
import { createGate, type Origin, seededSha256, startOrigin } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { startEngine, type TestEngine } from '../harness.ts';

const sizeBytes = 5 * 1024 * 1024;
const looking = { settings: { findChecksums: true } };

function pathsBeside(origin: Origin): readonly string[] {
  return origin.requests.map(({ path }) => path).filter((path) => !path.endsWith('.bin'));
}

async function finish(test: TestEngine, url: string): Promise<void> {
  await test.reach(await test.add(url), 'finished');
}

it('finds a checksum beside the file while that is on its way, and says where it came from', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine(looking);
  const gate = createGate();
  origin.serve('/pub/file.bin', { seed: 40, sizeBytes });
  origin.serve('/pub/file.bin.sha256', { body: `${seededSha256(40, sizeBytes)}  file.bin\n` });
  origin.script('/pub/file.bin', { stall: { afterBytes: 1024 * 1024, until: gate } });
  const id = await test.add(origin.urlOf('/pub/file.bin'));
  await origin.waitFor(({ requestsOf }) => requestsOf('/pub/file.bin.sha256')[0]?.state === 'answered');
  gate.open();
  expect(await test.reach(id, 'finished')).toMatchObject({ verifiedBy: 'sha-256', verifiedFrom: 'beside' });
});

it('finds it in the list of the folder, whatever the file is called here', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine(looking);
  origin.serve('/pub/file.bin', { seed: 41, sizeBytes });
  const list = `${'0'.repeat(64)} *other.bin\n${seededSha256(41, sizeBytes)} *file.bin\n`;
  origin.serve('/pub/SHA256SUMS', { body: list, contentType: 'text/plain' });
  const id = await test.add(origin.urlOf('/pub/file.bin'), { name: 'mine.bin' });
  expect(await test.reach(id, 'finished')).toMatchObject({ verifiedBy: 'sha-256', verifiedFrom: 'beside' });
});

it('F60 a file that is not what its site publishes is never finished', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine(looking);
  origin.serve('/file.bin', { seed: 42, sizeBytes });
  origin.serve('/file.bin.sha256', { body: seededSha256(43, sizeBytes) });
  const id = await test.add(origin.urlOf('/file.bin'));
  const { state } = await test.until(id, (view) => view.state.kind === 'failed');
  const facts = { from: 'beside', listedAt: origin.urlOf('/file.bin.sha256') };
  expect(state).toMatchObject({ error: { code: 'checksum-mismatch', facts } });
  expect(await test.names()).toEqual(['file.bin.sluice', 'file.bin.sluice-journal']);
});

it.each(['SHA256SUMS', 'file.bin.sha256'])(
  'F02 a file that changes on the way is held to what %s says by then',
  async (list) => {
    await using origin = await startOrigin();
    await using test = await startEngine(looking);
    const gate = createGate();
    origin.serve('/file.bin', { seed: 52, sizeBytes });
    origin.serve(`/${list}`, { body: `${seededSha256(52, sizeBytes)}  file.bin\n` });
    origin.script('/file.bin', (_request, index) =>
      index === 0
        ? { stall: { afterBytes: 1024 * 1024, until: gate }, end: { afterBytes: 1024 * 1024, how: 'reset' } }
        : {},
    );
    const id = await test.add(origin.urlOf('/file.bin'), { maxConnections: 1 });
    await origin.waitFor(({ requestsOf }) => requestsOf(`/${list}`)[0]?.state === 'answered');
    origin.serve('/file.bin', { seed: 53, sizeBytes, etag: '"the next"' });
    origin.serve(`/${list}`, { body: `${seededSha256(53, sizeBytes)}  file.bin\n` });
    gate.open();
    await test.replaceChanged(id);
    expect(await test.reach(id, 'finished')).toMatchObject({ verifiedFrom: 'beside' });
  },
);

it('F60 a list that was behind its file is asked for again, and the file is not', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine(looking);
  origin.serve('/file.bin', { seed: 54, sizeBytes });
  origin.serve('/SHA256SUMS', { body: `${seededSha256(55, sizeBytes)}  file.bin\n` });
  const id = await test.add(origin.urlOf('/file.bin'), { maxConnections: 1 });
  await test.until(id, (view) => view.state.kind === 'failed');
  origin.serve('/SHA256SUMS', { body: `${seededSha256(54, sizeBytes)}  file.bin\n` });
  await test.engine.retry({ ids: [id] });
  expect(await test.reach(id, 'finished')).toMatchObject({ verifiedFrom: 'beside' });
  expect(origin.requestsOf('/file.bin')).toHaveLength(1);
});

it('finishes without one where none is published, and asks a folder only once for what it does not have', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine(looking);
  for (const [index, name] of ['a', 'b', 'c'].entries()) {
    origin.serve(`/pub/${name}.bin`, { seed: 44 + index, sizeBytes });
    await finish(test, origin.urlOf(`/pub/${name}.bin`));
  }
  const paths = pathsBeside(origin);
  expect(paths).toContain('/pub/b.bin.sha256');
  expect(paths).not.toContain('/pub/c.bin.sha256');
  expect(paths.filter((path) => path === '/pub/SHA256SUMS')).toHaveLength(1);
  expect((await test.engine.snapshot({})).downloads.some((view) => 'verifiedBy' in view)).toBe(false);
});

interface Variation {
  readonly size?: number;
  readonly spec?: Partial<NewDownload>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly settings?: Partial<Settings>;
}

it.each<[string, Variation]>([
  ['a small file', { size: 3 * 1024 * 1024 }],
  ['a checksum that the user gave', { spec: { checksum: seededSha256(47, sizeBytes) } }],
  ['a checksum that the server sent', { headers: { 'Repr-Digest': `sha-256=:${digest(47)}:` } }],
  ['a setting against it', { spec: { findChecksum: false } }],
  ['a link with a query', { query: '?token=secret' }],
  ['a setting that is off', { settings: { findChecksums: false } }],
])('asks for nothing with %s', async (_, { size = sizeBytes, spec = {}, headers = {}, query = '', settings = {} }) => {
  await using origin = await startOrigin();
  await using test = await startEngine({ settings: { ...looking.settings, ...settings } });
  origin.serve('/file.bin', { seed: 47, sizeBytes: size, headers });
  await test.reach(await test.add(origin.urlOf(`/file.bin${query}`), spec), 'finished');
  expect(pathsBeside(origin)).toEqual([]);
});

it('asks a single download when the setting is off', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/file.bin', { seed: 48, sizeBytes });
  origin.serve('/file.bin.sha256', { body: seededSha256(48, sizeBytes) });
  const id = await test.add(origin.urlOf('/file.bin'), { findChecksum: true });
  expect(await test.reach(id, 'finished')).toMatchObject({ verifiedFrom: 'beside' });
});

it.each([
  [
    'a page for everything',
    { body: `<html>${seededSha256(1, 1)}</html>`, headers: { 'Content-Type': 'text/html' } },
    2,
  ],
  ['more than any list', { body: new Uint8Array(1024 * 1024 + 1) }, 2],
  ['a busy server', { status: 503 }, 1],
  ['a login', { status: 401 }, 1],
  ['a broken answer', { rawHead: 'nonsense\r\n\r\n' }, 1],
])('soon leaves %s alone, and finishes', async (_, answer, mostRequests) => {
  await using origin = await startOrigin();
  await using test = await startEngine(looking);
  origin.serve('/file.bin', { seed: 49, sizeBytes });
  for (const path of ['/file.bin.sha256', '/SHA256SUMS', '/file.bin.sha512', '/SHA512SUMS']) {
    origin.script(path, answer);
  }
  await finish(test, origin.urlOf('/file.bin'));
  expect(new Set(pathsBeside(origin)).size).toBeLessThanOrEqual(mostRequests);
});

it('does not wait for a server that keeps it waiting', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine(looking);
  origin.serve('/file.bin', { seed: 50, sizeBytes });
  origin.script('/file.bin.sha256', { headGate: createGate() });
  await finish(test, origin.urlOf('/file.bin'));
  expect(pathsBeside(origin)).toEqual(['/file.bin.sha256']);
});

it('takes no connection that the host’s cap does not allow, and asks when the file is there', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine({ settings: { findChecksums: true, maxConnectionsPerHost: 1 } });
  origin.serve('/file.bin', { seed: 51, sizeBytes });
  origin.serve('/file.bin.sha256', { body: seededSha256(51, sizeBytes) });
  origin.script('/file.bin.sha256', () => {
    expect(origin.requestsOf('/file.bin').map(({ state }) => state)).toEqual(['answered']);
    return {};
  });
  const id = await test.add(origin.urlOf('/file.bin'));
  expect(await test.reach(id, 'finished')).toMatchObject({ verifiedFrom: 'beside' });
});

it.each([
  ['x-goog-hash', 'crc32c=mnG7TA==', 'crc32c'],
  ['x-amz-checksum-crc32', 'NhCmhg==', 'crc32'],
])('verifies by %s', async (name, value, algorithm) => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/file.bin', { body: 'hello', headers: { [name]: value } });
  const id = await test.add(origin.urlOf('/file.bin'));
  expect(await test.reach(id, 'finished')).toMatchObject({ verifiedBy: algorithm, verifiedFrom: 'server' });
});

function digest(seed: number): string {
  return Buffer.from(seededSha256(seed, sizeBytes), 'hex').toString('base64');
}
