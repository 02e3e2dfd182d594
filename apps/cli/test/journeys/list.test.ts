/** The commands about the list, each as a process of its own: with a Sluice that runs, and with none. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DownloadView } from '@sluice/contract';
import { createGate, type Origin, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Sluice, type Workplace, workplace } from '../support/sluice.ts';

const size = 3_000_001;

let origin: Origin;
let place: Workplace;

beforeEach(async () => {
  origin = await startOrigin();
  place = await workplace();
  for (const seed of [1, 2, 3]) origin.serve(`/${seed}.bin`, { seed, sizeBytes: size });
});

afterEach(async () => {
  await place[Symbol.asyncDispose]();
  await origin.close();
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

async function run(...words: readonly string[]): Promise<Ended> {
  const sluice = place.start(...words);
  const code = await sluice.ended;
  return { code, ...sluice.written };
}

async function views(...words: readonly string[]): Promise<readonly DownloadView[]> {
  const sluice = place.start(...words, '--json');
  await sluice.ended;
  return sluice.lines().flatMap((line) => (line.kind === 'download' ? line.download : []));
}

async function serve(): Promise<Sluice> {
  await mkdir(join(place.folder, 'ui'));
  await writeFile(join(place.folder, 'ui/index.html'), '<!doctype html>');
  const sluice = place.start('serve', '--ui', 'ui', '--port', '0', '--folder', join(place.folder, 'files'));
  await sluice.until(() => sluice.written.out.includes('Sluice is at'));
  return sluice;
}

function file(name: string): string {
  return join(place.folder, 'files', name);
}

describe('without a running Sluice', () => {
  test('add and ls keep a list on disk; watch carries it out, and says how it went', async () => {
    const added = await run('add', '-d', 'files', origin.urlOf('/1.bin'), origin.urlOf('/2.bin'));
    expect(added).toMatchObject({ code: 0 });
    expect(added.error).toContain('No Sluice is running, so nothing starts yet');
    expect(await views('ls')).toMatchObject([
      { name: '1.bin', state: { kind: 'queued' } },
      { name: '2.bin', state: { kind: 'queued' } },
    ]);
    expect(origin.requests).toEqual([]);
    const watched = await run('watch');
    expect(watched).toMatchObject({ code: 0 });
    expect(watched.out).toMatch(/^saved files\/1\.bin {2}2\.9 MiB/m);
    for (const seed of [1, 2]) expect(await verifySeeded(file(`${seed}.bin`), seed, size)).toBeNull();
    expect((await views('ls')).map(({ state }) => state.kind)).toEqual(['finished', 'finished']);
  });

  test('watch ends with the code of the first failure, and at once when nothing is to be done', async () => {
    await run('add', '-d', 'files', origin.urlOf('/none'), origin.urlOf('/1.bin'));
    const watched = await run('watch');
    expect(watched.code).toBe(5);
    expect(watched.error).toContain('[http-not-found]');
    expect(await verifySeeded(file('1.bin'), 1, size)).toBeNull();
    expect(await run('watch')).toMatchObject({ code: 0, out: '' });
  });

  test('Ctrl+C ends a watch that works: what has arrived is kept, and the next one goes on', async () => {
    const gate = createGate();
    origin.script('/1.bin', { stall: { afterBytes: 1_000_000, until: gate } });
    await run('add', '-d', 'files', '-c', '1', origin.urlOf('/1.bin'));
    const sluice = place.start('watch', '--json');
    await sluice.until(() =>
      sluice.lines().some((line) => line.kind === 'download' && line.download.receivedBytes >= 1_000_000),
    );
    sluice.process.kill('SIGINT');
    expect(await sluice.ended).toBe(130);
    gate.open();
    origin.script('/1.bin', null);
    expect((await run('watch')).code).toBe(0);
    expect(await verifySeeded(file('1.bin'), 1, size)).toBeNull();
  });

  test('a watch that works can be told from another terminal', async () => {
    const gate = createGate();
    origin.script('/1.bin', { stall: { afterBytes: 1_000_000, until: gate } });
    await run('add', '-d', 'files', '-c', '1', origin.urlOf('/1.bin'));
    const sluice = place.start('watch');
    await sluice.until(() => sluice.written.out.includes('1.bin:'));
    expect(await views('pause', '--all')).toMatchObject([{ state: { kind: 'paused' } }]);
    expect(await sluice.ended).toBe(130);
    expect(sluice.written.error).toContain('1.bin is stopped; resume it: sluice resume');
    gate.open();
  });

  test('one link that cannot be fetched keeps back all', async () => {
    expect(await run('add', origin.urlOf('/1.bin'), 'htp://a/b')).toMatchObject({ code: 2 });
    expect(await views('ls')).toEqual([]);
  });

  test('a link that is there already is not added twice', async () => {
    await run('add', '--paused', origin.urlOf('/1.bin'));
    const again = await run('add', origin.urlOf('/1.bin'));
    expect(again).toMatchObject({ code: 0 });
    expect(again.error).toContain('One was on the list already.');
    expect(await views('ls')).toMatchObject([{ state: { kind: 'paused' } }]);
  });

  test('settings last', async () => {
    expect(await run('config', 'set', 'max-running', '7')).toMatchObject({ code: 0, out: 'maxRunning = 7\n' });
    expect(await run('config', 'get', 'maxRunning')).toMatchObject({ code: 0, out: '7\n' });
    expect((await run('config', 'list')).out).toMatch(/^maxRunning = 7 +# a whole number from 1 to 64$/m);
    expect(await run('config', 'reset', 'maxRunning', '--json')).toMatchObject({
      out: '{"kind":"settings","settings":{"maxRunning":4}}\n{"kind":"end","exitCode":0}\n',
    });
  });

  test('rm takes off the list and leaves files; --delete-file takes those too', async () => {
    await run('add', '-d', 'files', origin.urlOf('/1.bin'), origin.urlOf('/2.bin'));
    await run('watch', '-q');
    expect(await run('rm', '1.bin')).toMatchObject({ code: 0, out: 'removed 1.bin\n' });
    expect(await readdir(join(place.folder, 'files'))).toEqual(['1.bin', '2.bin']);
    expect((await run('rm', '--delete-file', '--state', 'finished')).code).toBe(0);
    expect(await readdir(join(place.folder, 'files'))).toEqual(['1.bin']);
    expect(await views('ls')).toEqual([]);
  });
});

describe('with a running Sluice', () => {
  test('add hands it links, pause and resume steer it, watch follows, info tells, and it stays', async () => {
    const host = await serve();
    const gate = createGate();
    origin.script('/1.bin', { stall: { afterBytes: 1_000_000, until: gate } });
    const added = await run('add', '-c', '1', origin.urlOf('/1.bin'));
    expect(added).toMatchObject({ code: 0, error: '' });
    await expect.poll(async () => (await views('ls'))[0]?.receivedBytes, { timeout: 30_000 }).toBe(1_000_000);
    expect(await views('pause', '1.bin')).toMatchObject([{ state: { kind: 'paused' } }]);
    const info = await run('info', '1.bin');
    expect(info.out).toMatch(/^State: +paused$/m);
    expect(info.out).toMatch(/^Queue: +Main$/m);
    expect(info.out).toMatch(/^Partial: +.*files\/1\.bin\.sluice$/m);
    gate.open();
    origin.script('/1.bin', null);
    expect((await run('resume', origin.urlOf('/1.bin'))).code).toBe(0);
    const watched = place.start('watch', '1.bin', '--json');
    expect(await watched.ended).toBe(0);
    expect(watched.lines().at(-1)).toEqual({ kind: 'end', exitCode: 0 });
    expect(await verifySeeded(file('1.bin'), 1, size)).toBeNull();
    host.process.kill('SIGTERM');
    expect(await host.ended).toBe(0);
  });

  test('Ctrl+C ends a watch and nothing else', async () => {
    await serve();
    const gate = createGate();
    origin.script('/1.bin', { stall: { afterBytes: 1_000_000, until: gate } });
    await run('add', '-c', '1', origin.urlOf('/1.bin'));
    const watch = place.start('watch');
    await watch.until(() => watch.written.out.includes('1.bin:'));
    watch.process.kill('SIGINT');
    expect(await watch.ended).toBe(130);
    expect(watch.written.error).toContain('The downloads continue in the Sluice that is running.');
    expect((await views('ls'))[0]?.state.kind).toBe('running');
    gate.open();
    expect((await run('watch', '1.bin')).code).toBe(0);
    expect(await verifySeeded(file('1.bin'), 1, size)).toBeNull();
  });

  test('retry starts what failed again; a watch of what somebody paused ends with 130', async () => {
    await serve();
    origin.script('/1.bin', { status: 404 });
    await run('add', origin.urlOf('/1.bin'));
    expect((await run('watch', '1.bin')).code).toBe(5);
    origin.script('/1.bin', null);
    expect((await run('retry', '--state', 'failed')).code).toBe(0);
    expect((await run('watch', '1.bin')).code).toBe(0);
    await run('add', '--paused', origin.urlOf('/2.bin'));
    const watched = await run('watch', '2.bin');
    expect(watched.code).toBe(130);
    expect(watched.error).toContain('2.bin is stopped; resume it: sluice resume');
  });

  test('settings are those of the one that runs', async () => {
    await serve();
    await run('config', 'set', 'speedLimitBytesPerSecond', '1M');
    expect(await run('config', 'get', 'speedLimitBytesPerSecond')).toMatchObject({ out: '1048576\n' });
  });
});

describe('sluice adopt', () => {
  async function leaveHalf(): Promise<void> {
    const gate = createGate();
    origin.script('/1.bin', { stall: { afterBytes: 1_000_000, until: gate } });
    const get = place.start('get', '--json', '-c', '1', '-d', 'files', origin.urlOf('/1.bin'));
    await get.until(() =>
      get.lines().some((line) => line.kind === 'download' && line.download.receivedBytes >= 1_000_000),
    );
    get.process.kill('SIGTERM');
    await get.ended;
    gate.open();
    origin.script('/1.bin', null);
  }

  test('takes over what a stopped sluice get left, without a running Sluice', async () => {
    await leaveHalf();
    await writeFile(file('lone.sluice'), 'x');
    const adopted = await run('adopt', 'files');
    expect(adopted.code).toBe(8);
    expect(adopted.error).toMatch(/^sluice: lone: .*\[journal-unreadable\]/m);
    expect(adopted.error).toContain('sluice adopt --link URL FILE');
    expect(adopted.out).toMatch(/queued +33% +2\.9 MiB +1\.bin$/m);
    expect((await run('watch')).code).toBe(0);
    expect(await verifySeeded(file('1.bin'), 1, size)).toBeNull();
  });

  test('hands it to the one that runs', async () => {
    await leaveHalf();
    await serve();
    const adopted = place.start('adopt', '--json', 'files');
    expect(await adopted.ended).toBe(0);
    expect(adopted.lines()[0]).toMatchObject({ kind: 'adopted', fileName: '1.bin' });
    expect((await run('watch', '1.bin')).code).toBe(0);
    expect(await verifySeeded(file('1.bin'), 1, size)).toBeNull();
  });

  test('says so when there is nothing, and when there is no folder', async () => {
    await mkdir(join(place.folder, 'files'));
    expect(await run('adopt', 'files')).toMatchObject({ code: 0, out: '' });
    expect((await run('adopt', 'nowhere')).error).toContain('[folder-missing]');
  });
});
