import { execFileSync } from 'node:child_process';
import { link, mkdir, open, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { createGate, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { haltedAtBytes, haltedSeed, haltHalfway, wholeBytes } from '../halted.ts';
import { startEngine } from '../harness.ts';

const partial = 'file.bin.sluice';
const journal = 'file.bin.sluice-journal';

async function overwrite(path: string, position: number): Promise<void> {
  await using file = await open(path, 'r+');
  await file.write(Buffer.alloc(4096, 0xee), 0, 4096, position);
}

describe('what happened to the partial while nobody looked is found out, and the file is right', () => {
  it.each<[string, (path: string) => Promise<void>]>([
    ['F47 deleted', (path) => rm(path)],
    ['F48 cut short', (path) => truncate(path, 90_000)],
    ['F48 emptied', (path) => truncate(path, 0)],
    ['F48 longer than the file will be', (path) => truncate(path, wholeBytes + 50_000)],
    ['F48 edited', (path) => overwrite(path, 60_000)],
    [
      'F48 replaced by a copy that is damaged',
      async (path) => {
        const bytes = await readFile(path);
        bytes.fill(0, 100_000, 120_000);
        await writeFile(`${path}.copy`, bytes);
        await rename(`${path}.copy`, path);
      },
    ],
  ])('%s', async (_what, tamper) => {
    await using origin = await startOrigin();
    await using test = await startEngine();
    const { id } = await haltHalfway(test, origin);
    await tamper(test.path(partial));
    await test.engine.resume({ ids: [id] });
    await test.reach(id, 'finished');
    expect(await verifySeeded(test.path('file.bin'), haltedSeed, wholeBytes)).toBeNull();
    expect(await test.names()).toEqual(['file.bin']);
  });
});

it.each<[string, (path: string) => Promise<void>]>([
  ['F47 deleted', (path) => rm(path)],
  [
    'F47 replaced by another file',
    async (path) => {
      await rm(path);
      await writeFile(path, 'theirs');
    },
  ],
])('%s while bytes flow into it: it is never called finished', async (_what, tamper) => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const gate = createGate();
  origin.serve('/file.bin', { seed: 90, sizeBytes: wholeBytes });
  origin.script('/file.bin', { stall: { afterBytes: haltedAtBytes, until: gate } });
  const id = await test.add(origin.urlOf('/file.bin'), { maxConnections: 1 });
  await test.until(id, ({ receivedBytes }) => receivedBytes >= haltedAtBytes);
  await tamper(test.path(partial));
  gate.open();
  const { state } = await test.until(id, ({ state: { kind } }) => kind !== 'running' && kind !== 'queued');
  expect(state).toMatchObject({ kind: 'failed', error: { code: expect.stringMatching(/^file-(missing|changed)$/) } });
  expect(await test.names()).not.toContain('file.bin');
});

describe('F49 what was put in the place of the partial is not touched', () => {
  it.each<[string, (path: string, victim: string) => Promise<void>]>([
    ['a link to another file', (path, victim) => symlink(victim, path)],
    ['another name of another file', (path, victim) => link(victim, path)],
    ['a folder', (path) => mkdir(path).then(() => undefined)],
    ['a pipe', async (path) => void execFileSync('mkfifo', [path])],
  ])('%s', async (_what, put) => {
    await using origin = await startOrigin();
    await using test = await startEngine();
    const { id } = await haltHalfway(test, origin);
    const victim = test.path('victim.txt');
    await writeFile(victim, 'precious');
    await rm(test.path(partial));
    await put(test.path(partial), victim);
    await test.engine.resume({ ids: [id] });
    const { state, name } = await test.until(id, ({ state: { kind } }) => kind === 'failed' || kind === 'finished');
    expect(await readFile(victim, 'utf8')).toBe('precious');
    if (state.kind === 'finished') expect(await verifySeeded(test.path(name), haltedSeed, wholeBytes)).toBeNull();
    else expect(state).toMatchObject({ error: { code: 'file-unsafe' } });
  });

  it('the target became a link: the file gets another name', async () => {
    await using origin = await startOrigin();
    await using test = await startEngine();
    const { id } = await haltHalfway(test, origin);
    await symlink('/nonexistent/elsewhere', test.path('file.bin'));
    await test.engine.resume({ ids: [id] });
    const { name } = await test.reach(id, 'finished');
    expect(name).toBe('file (1).bin');
    expect(await verifySeeded(test.path(name), haltedSeed, wholeBytes)).toBeNull();
  });
});

it('F50 a file that takes the name while bytes flow stays, and the download gets another name', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const { id } = await haltHalfway(test, origin);
  await writeFile(test.path('file.bin'), 'theirs');
  await test.engine.resume({ ids: [id] });
  const { name } = await test.reach(id, 'finished');
  expect(name).toBe('file (1).bin');
  expect(await readFile(test.path('file.bin'), 'utf8')).toBe('theirs');
  expect(await verifySeeded(test.path(name), haltedSeed, wholeBytes)).toBeNull();
});

describe('F54 a journal that cannot be believed vouches for nothing', () => {
  it.each<[string, (path: string) => Promise<void>]>([
    ['gone', (path) => rm(path)],
    ['emptied', (path) => truncate(path, 0)],
    ['zeroed', async (path) => writeFile(path, Buffer.alloc((await readFile(path)).length))],
    ['garbage', (path) => writeFile(path, 'x'.repeat(5000))],
    ['cut short', async (path) => truncate(path, (await readFile(path)).length - 7)],
  ])('%s', async (_what, spoil) => {
    await using origin = await startOrigin();
    await using test = await startEngine();
    const { id } = await haltHalfway(test, origin);
    // Nothing in the partial is what it should be, and only the journal could say so.
    await spoil(test.path(journal));
    await overwrite(test.path(partial), 60_000);
    await test.engine.resume({ ids: [id] });
    const { name } = await test.reach(id, 'finished');
    expect(await verifySeeded(test.path(name), haltedSeed, wholeBytes)).toBeNull();
  });

  it('written by a newer release: nothing is touched', async () => {
    await using origin = await startOrigin();
    await using test = await startEngine();
    const { id } = await haltHalfway(test, origin);
    const text = await readFile(test.path(journal), 'latin1');
    const [head = '', ...lines] = text.split('\n');
    const newerHead = head.slice(9).replace(/("sluiceJournal":)\d+/, '$199');
    expect(newerHead).not.toBe(head.slice(9));
    const newer = [`${crc32(newerHead).toString(16).padStart(8, '0')} ${newerHead}`, ...lines].join('\n');
    await writeFile(test.path(journal), newer, 'latin1');
    await test.engine.resume({ ids: [id] });
    await test.until(id, ({ state: { kind } }) => kind === 'failed' || kind === 'finished');
    expect(await readFile(test.path(journal), 'latin1').catch(() => null)).toBe(newer);
  });
});
