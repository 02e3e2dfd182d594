/** `sluice get` as a process against a real origin: files on disk, exit codes, what it says. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { downloadViewSchema } from '@sluice/contract';
import { inTurn, type Origin, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lastDownload, type Sluice, type Workplace, workplace } from '../support/sluice.ts';

const size = 5_000_003;

let origin: Origin;
let place: Workplace;

beforeEach(async () => {
  origin = await startOrigin();
  place = await workplace();
});

afterEach(async () => {
  await place[Symbol.asyncDispose]();
  await origin.close();
});

/** What a person who looks into a slow download asks for. */
test('--log-level debug writes the decisions to standard error, without secrets', async () => {
  origin.serve('/file.bin', { seed: 3, sizeBytes: size, bytesPerSecond: 4_000_000 });
  const link = origin.urlOf('/file.bin').replace('://', '://me:hunter2@');
  const sluice = place.start('get', '--log-level', 'debug', '--json', link);
  expect(await sluice.ended).toBe(0);
  expect(sluice.written.error).toMatch(/^sluice: debug a backend is chosen backend=socket host=127\.0\.0\.1:\d+ /m);
  expect(sluice.written.error).toMatch(/^sluice: debug the ramp changed .*baselineBytesPerSecond=/m);
  expect(sluice.written.error).not.toContain('hunter2');
  expect(sluice.lines().at(-1)).toMatchObject({ exitCode: 0 });
});

/** Visible names only: the home of the process is hidden. */
async function files(folder = place.folder): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => !name.startsWith('.')).toSorted();
}

/** @returns an address where nothing listens */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function refused(sluice: Sluice): Promise<{ readonly code: number | null; readonly says: string }> {
  const code = await sluice.ended;
  return { code, says: sluice.written.error };
}

describe('sluice get', () => {
  test('fetches a file over several connections, whole and alone in the folder', async () => {
    origin.serve('/dir/file.bin', { seed: 1, sizeBytes: size, bytesPerSecond: 4_000_000 });
    const sluice = place.start('get', '-c', '4', origin.urlOf('/dir/file.bin'));
    expect(await sluice.ended).toBe(0);
    expect(await files()).toEqual(['file.bin']);
    expect(await verifySeeded(join(place.folder, 'file.bin'), 1, size)).toBeNull();
    expect(sluice.written.out).toMatch(/^saved file\.bin {2}4\.8 MiB/m);
    expect(sluice.written.error).toBe('');
  });

  test('F103 keeps, puts beside or replaces what has arrived of another version, and says so', async () => {
    const link = origin.urlOf('/file.bin');
    const cut = 2_000_000;
    origin.serve('/file.bin', { seed: 1, sizeBytes: size });
    origin.script('/file.bin', (_request, index) =>
      index === 0 ? { end: { afterBytes: cut, how: 'fin' } } : { status: 410 },
    );
    expect(await place.start('get', '-c', '1', link).ended).toBe(5);
    origin.script('/file.bin', null);
    origin.change('/file.bin', { seed: 2 });

    const keep = await refused(place.start('get', '--on-changed', 'keep', link));
    expect(keep.code).toBe(9);
    expect(keep.says).toContain('has changed');
    expect(await files()).toEqual(['file.bin.sluice', 'file.bin.sluice-journal']);

    const beside = place.start('get', '--on-changed', 'beside', '-o', 'file.bin', link);
    expect(await beside.ended).toBe(0);
    expect(beside.written.out).toMatch(/^saved file \(1\)\.bin .*1\.9 MiB of the old one stay/m);
    expect(await verifySeeded(join(place.folder, 'file (1).bin'), 2, size)).toBeNull();

    const replaced = place.start('get', '--json', link);
    expect(await replaced.ended).toBe(0);
    expect(lastDownload(replaced)).toMatchObject({ name: 'file.bin', change: { kind: 'new', keptBytes: cut } });
    expect(await verifySeeded(join(place.folder, 'file.bin'), 2, size)).toBeNull();
    expect(await files()).toEqual(['file (1).bin', 'file.bin']);
  });

  test('leaves out what is there already when it is told to, and goes on with the rest', async () => {
    for (const seed of [1, 2]) origin.serve(`/${seed}.bin`, { seed, sizeBytes: 1000 });
    const links = [1, 2].map((seed) => origin.urlOf(`/${seed}.bin`));
    expect(await place.start('get', origin.urlOf('/1.bin')).ended).toBe(0);
    const again = place.start('get', '--skip-present', ...links);
    expect(await again.ended).toBe(0);
    expect(again.written.out).toMatch(/^there already: 1\.bin$/m);
    expect(await files()).toEqual(['1.bin', '2.bin']);
    expect(origin.requestsOf('/1.bin')).toHaveLength(1);
    const third = place.start('get', '--skip-present', '--json', ...links);
    expect(await third.ended).toBe(0);
    const kinds = third.written.out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { kind: string }).kind);
    expect(kinds).toEqual(['skipped', 'skipped', 'end']);
  });

  test('F126 a journal beside a file that is there does not make it fetched again', async () => {
    origin.serve('/1.bin', { seed: 1, sizeBytes: 1000 });
    expect(await place.start('get', origin.urlOf('/1.bin')).ended).toBe(0);
    await writeFile(join(place.folder, '1.bin.sluice-journal'), 'torn');
    expect(await place.start('get', '--skip-present', origin.urlOf('/1.bin')).ended).toBe(0);
    expect((await files()).filter((name) => !name.endsWith('.sluice-journal'))).toEqual(['1.bin']);
    expect(await verifySeeded(join(place.folder, '1.bin'), 1, 1000)).toBeNull();
  });

  test('leaves out what is there under the name that the server gives, after one answer', async () => {
    const headers = { 'Content-Disposition': 'attachment; filename="its name.iso"' };
    origin.serve('/named', { seed: 1, sizeBytes: 5_000_000, headers });
    expect(await place.start('get', origin.urlOf('/named')).ended).toBe(0);
    const before = origin.requestsOf('/named').length;
    const again = place.start('get', '--skip-present', '--json', origin.urlOf('/named'));
    expect(await again.ended).toBe(0);
    const path = join(place.folder, 'its name.iso');
    expect(again.lines().slice(-2)).toEqual([
      { kind: 'skipped', url: origin.urlOf('/named'), path },
      { kind: 'end', exitCode: 0 },
    ]);
    expect(lastDownload(again)?.state.kind).not.toBe('failed');
    expect(await files()).toEqual(['its name.iso']);
    expect(origin.requestsOf('/named')).toHaveLength(before + 1);
  });

  test('--dry-run says what would come of each link, writes nothing, and ends with what would go wrong', async () => {
    origin.serve('/1.bin', { seed: 1, sizeBytes: 1_048_576 });
    const links = [origin.urlOf('/1.bin'), origin.urlOf('/none')];
    const dry = place.start('get', '--dry-run', '-d', 'new', ...links);
    expect(await dry.ended).toBe(5);
    expect(dry.written.out).toBe('would save new/1.bin  1.0 MiB, can resume\n');
    expect(dry.written.error).toContain('[http-not-found]');
    const told = place.start('get', '--dry-run', '--json', ...links);
    expect(await told.ended).toBe(5);
    expect(told.lines()).toMatchObject([
      { kind: 'preview', url: links[0], preview: { path: join(place.folder, '1.bin'), sizeBytes: 1_048_576 } },
      { kind: 'rejected', url: links[1], error: { code: 'http-not-found' } },
      { kind: 'end', exitCode: 5 },
    ]);
    expect(await files()).toEqual([]);
  });

  test('a file of that name whose partial lies beside it is not taken for whole', async () => {
    origin.serve('/1.bin', { seed: 1, sizeBytes: 1000 });
    await writeFile(join(place.folder, '1.bin'), 'another');
    await writeFile(join(place.folder, '1.bin.sluice'), 'some');
    expect(await place.start('get', '--skip-present', origin.urlOf('/1.bin')).ended).toBe(0);
    expect(await files()).toContain('1 (1).bin');
  });

  test('fetches several links into a folder it makes, and names each', async () => {
    for (const seed of [1, 2, 3]) origin.serve(`/${seed}.bin`, { seed, sizeBytes: 500_000 + seed });
    const links = [1, 2, 3].map((seed) => origin.urlOf(`/${seed}.bin`));
    const sluice = place.start('get', '-d', 'in/there', ...links, links[0] ?? '');
    expect(await sluice.ended).toBe(0);
    expect(await files(join(place.folder, 'in/there'))).toEqual(['1.bin', '2.bin', '3.bin']);
    for (const seed of [1, 2, 3]) {
      expect(await verifySeeded(join(place.folder, `in/there/${seed}.bin`), seed, 500_000 + seed)).toBeNull();
    }
  });

  test('-o names the file, --header goes to the server', async () => {
    origin.serve('/x', { body: 'content' });
    const sluice = place.start(
      'get',
      '-o',
      'my name.txt',
      '-H',
      'X-One: 1',
      '--header',
      'Referer: https://a/b',
      origin.urlOf('/x'),
    );
    expect(await sluice.ended).toBe(0);
    expect(await readFile(join(place.folder, 'my name.txt'), 'utf8')).toBe('content');
    expect(origin.requests[0]?.headers).toMatchObject({ 'x-one': '1', referer: 'https://a/b' });
  });

  test('an existing file is never written over', async () => {
    origin.serve('/file.txt', { body: 'new' });
    await writeFile(join(place.folder, 'file.txt'), 'old');
    expect(await place.start('get', origin.urlOf('/file.txt')).ended).toBe(0);
    expect(await readFile(join(place.folder, 'file.txt'), 'utf8')).toBe('old');
    expect(await files()).toHaveLength(2);
  });

  test('--json tells of every download in the shape of the contract, and ends with the exit code', async () => {
    origin.serve('/a.bin', { seed: 1, sizeBytes: size });
    const sluice = place.start('get', '--json', origin.urlOf('/a.bin'), origin.urlOf('/none'));
    expect(await sluice.ended).toBe(5);
    const lines = sluice.lines();
    const views = lines.flatMap((line) => (line.kind === 'download' ? [downloadViewSchema.parse(line.download)] : []));
    const last = new Map(views.map((view) => [view.name, view]));
    expect(last.get('a.bin')).toMatchObject({ state: { kind: 'finished' }, sizeBytes: size, receivedBytes: size });
    expect(last.get('none')).toMatchObject({ state: { kind: 'failed', error: { code: 'http-not-found' } } });
    expect(lines.at(-1)).toEqual({ kind: 'end', exitCode: 5 });
    expect(sluice.written.error).toBe('');
  });

  test('-q says nothing when all is well', async () => {
    origin.serve('/a.bin', { seed: 1, sizeBytes: size });
    const sluice = place.start('get', '-q', origin.urlOf('/a.bin'));
    expect(await sluice.ended).toBe(0);
    expect(sluice.written).toEqual({ out: '', error: '' });
  });

  test('a server that is down for a moment is asked again', async () => {
    origin.serve('/a.bin', { seed: 1, sizeBytes: size });
    origin.script('/a.bin', inTurn({ status: 503, headers: { 'Retry-After': '0' } }, {}));
    const sluice = place.start('get', origin.urlOf('/a.bin'));
    expect(await sluice.ended).toBe(0);
    expect(sluice.written.out).toContain('The server is busy at the moment');
    expect(await verifySeeded(join(place.folder, 'a.bin'), 1, size)).toBeNull();
  });

  test('one failure does not keep the others, and decides the exit code', async () => {
    origin.serve('/a.bin', { seed: 1, sizeBytes: size });
    const sluice = place.start('get', origin.urlOf('/none'), origin.urlOf('/a.bin'));
    expect(await sluice.ended).toBe(5);
    expect(await verifySeeded(join(place.folder, 'a.bin'), 1, size)).toBeNull();
    expect(sluice.written.error).toContain('none: The file is not at this address (404) [http-not-found]');
  });
});

describe('exit codes', () => {
  test.each([
    [401, 6, 'http-unauthorized'],
    [403, 6, 'http-forbidden'],
    [404, 5, 'http-not-found'],
    [410, 5, 'http-gone'],
    [429, 4, 'http-too-many-requests'],
    [500, 4, 'http-server-error'],
    [503, 4, 'http-unavailable'],
  ])('status %d ends with %d', async (status, exitCode, code) => {
    origin.script('/a', { status });
    const { code: seen, says } = await refused(place.start('get', '--retries', '0', origin.urlOf('/a')));
    expect(seen).toBe(exitCode);
    expect(says).toContain(`[${code}]`);
    expect(await files()).toEqual([]);
  });

  test('nobody listens: 3', async () => {
    const { code, says } = await refused(
      place.start('get', '--retries', '0', `http://127.0.0.1:${await closedPort()}/a`),
    );
    expect(code).toBe(3);
    expect(says).toContain('[connect-refused]');
  });

  test('a file where the folder should be: 8, and the server is not asked', async () => {
    origin.serve('/a.bin', { seed: 1, sizeBytes: size });
    await writeFile(join(place.folder, 'file'), 'x');
    const { code, says } = await refused(place.start('get', '-d', 'file', origin.urlOf('/a.bin')));
    expect(code).toBe(8);
    expect(says).toMatch(
      /^sluice: The folder does not exist: .*\/file \[folder-missing\]\. Make it, or choose another with -d\.\n$/,
    );
    expect(origin.requests).toEqual([]);
  });

  test('a folder that cannot be written: 8, and the server is not asked', async () => {
    origin.serve('/a.bin', { seed: 1, sizeBytes: size });
    // Not even root can make files there.
    const { code, says } = await refused(place.start('get', '-d', '/proc/self', origin.urlOf('/a.bin')));
    expect(code).toBe(8);
    expect(says).toContain('Sluice has no permission to write there: /proc/self [file-access-denied]');
    expect(origin.requests).toEqual([]);
  });
});

describe('many links', () => {
  test('a pattern stands for each of them, and -o says where they differ', async () => {
    for (const seed of [8, 9, 10]) origin.serve(`/${String(seed).padStart(2, '0')}.bin`, { seed, sizeBytes: 20_000 });
    const pattern = origin.urlOf('/').concat('[08-10].bin');
    expect(await place.start('get', pattern, '-o', 'part #1.bin').ended).toBe(0);
    expect(await files()).toEqual(['part 08.bin', 'part 09.bin', 'part 10.bin']);
    expect(await verifySeeded(join(place.folder, 'part 10.bin'), 10, 20_000)).toBeNull();
  });

  test("a list as aria2 reads it: names, folders and mirrors; aria2's names of the options", async () => {
    for (const seed of [1, 2]) origin.serve(`/${seed}.bin`, { seed, sizeBytes: 20_000 });
    const list = `${origin.urlOf('/1.bin')}\n  out=one.bin\n  dir=sub\n${origin.urlOf('/none')}\t${origin.urlOf('/2.bin')}\n  out=two.bin\n`;
    await writeFile(join(place.folder, 'list.txt'), list);
    const words = ['-x', '4', '-s4', '-j2', '--max-tries=1', '--continue', '--check-certificate=true'];
    expect(await place.start('get', ...words, '--input-file=list.txt').ended).toBe(0);
    expect(await verifySeeded(join(place.folder, 'sub/one.bin'), 1, 20_000)).toBeNull();
    expect(await verifySeeded(join(place.folder, 'two.bin'), 2, 20_000)).toBeNull();
  });

  test('a checksum that does not fit: 9, and the name is not given', async () => {
    origin.serve('/a.bin', { seed: 1, sizeBytes: 20_000 });
    const { code, says } = await refused(
      place.start('get', '--checksum', `sha-256=${'0'.repeat(64)}`, origin.urlOf('/a.bin')),
    );
    expect(code).toBe(9);
    expect(says).toContain('[checksum-mismatch]');
    expect(await files()).not.toContain('a.bin');
  });
});
