/** Files under a download's names that are not the download's: they are neither believed nor deleted. */
import { chown, copyFile, lstat, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createMemoryFiles } from '@sluice/testkit/disk';
import { createGate, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { startEngine, type TestEngine } from '../engine/harness.ts';

const mebibyte = 1024 * 1024;
const sizeBytes = 4 * mebibyte;
const haltedAt = 2 * mebibyte;
const partial = 'file.bin.sluice';
const journal = 'file.bin.sluice-journal';
const isRoot = process.getuid?.() === 0;
const anotherUser = 65_534;

/** Paused in the middle, so that partial and journal rest. */
async function halt(test: TestEngine, origin: Awaited<ReturnType<typeof startOrigin>>): Promise<string> {
  origin.serve('/file.bin', { seed: 69, sizeBytes });
  origin.script('/file.bin', (_request, index) =>
    index === 0 ? { stall: { afterBytes: haltedAt, until: createGate() } } : {},
  );
  const id = await test.add(origin.urlOf('/file.bin'), { maxConnections: 1 });
  await test.until(id, ({ receivedBytes }) => receivedBytes >= haltedAt);
  await test.engine.pause({ ids: [id] });
  return id;
}

describe('F69 what another user left', () => {
  it.skipIf(!isRoot).each([
    ['the partial', [partial]],
    ['the journal', [journal]],
    ['both', [partial, journal]],
  ])('%s: it is not taken up for any user (needs root)', async (_what, names) => {
    await using origin = await startOrigin();
    await using test = await startEngine();
    const id = await halt(test, origin);
    for (const name of names) await chown(test.path(name), anotherUser, anotherUser);
    const before = await readFile(test.path(partial));
    await test.engine.resume({ ids: [id] });
    const { name } = await test.reach(id, 'finished');
    expect(name).toBe('file (1).bin');
    expect(await verifySeeded(test.path(name), 69, sizeBytes)).toBeNull();
    expect((await readFile(test.path(partial))).equals(before)).toBe(true);
  });

  it('is not taken up from a disk in memory either', async () => {
    await using origin = await startOrigin();
    const memory = createMemoryFiles();
    await using test = await startEngine({ folder: '/downloads', ports: { files: memory } });
    const id = await halt(test, origin);
    await test.engine.remove({ ids: [id], deleteFile: false });
    memory.giveAway(`/downloads/${partial}`, 2000);
    memory.giveAway(`/downloads/${journal}`, 2000);
    const again = await test.add(origin.urlOf('/file.bin'));
    expect(await test.reach(again, 'finished')).toMatchObject({ name: 'file (1).bin' });
  });
});

describe('what is deleted with a download is what it wrote', () => {
  it('its partial and its journal', async () => {
    await using origin = await startOrigin();
    await using test = await startEngine();
    await test.engine.remove({ ids: [await halt(test, origin)], deleteFile: true });
    expect(await test.names()).toEqual([]);
  });

  it('also when it was given another link before', async () => {
    await using origin = await startOrigin();
    await using test = await startEngine();
    const id = await halt(test, origin);
    origin.serve('/other.bin', { seed: 69, sizeBytes });
    await test.engine.changeRequest({ id, url: origin.urlOf('/other.bin') });
    await test.engine.remove({ ids: [id], deleteFile: true });
    expect(await test.names()).toEqual([]);
  });

  it('not another file in the place of the partial', async () => {
    await using origin = await startOrigin();
    await using test = await startEngine();
    const id = await halt(test, origin);
    await rm(test.path(partial));
    await writeFile(test.path(partial), 'theirs');
    await test.engine.remove({ ids: [id], deleteFile: true });
    expect(await test.names()).toEqual([partial]);
    expect(await readFile(test.path(partial), 'utf8')).toBe('theirs');
  });

  it.each(['cancel', 'remove'] as const)(
    'not the partial of another link under the same name, by %s',
    async (command) => {
      await using origin = await startOrigin();
      await using test = await startEngine();
      const id = await halt(test, origin);
      const text = await readFile(test.path(journal), 'utf8');
      await using other = await startEngine();
      origin.serve('/else/file.bin', { seed: 7, sizeBytes });
      origin.script('/else/file.bin', () => ({ stall: { afterBytes: haltedAt, until: createGate() } }));
      const otherId = await other.add(origin.urlOf('/else/file.bin'), { maxConnections: 1 });
      await other.until(otherId, ({ receivedBytes }) => receivedBytes >= haltedAt);
      await other.engine.pause({ ids: [otherId] });
      for (const name of [partial, journal]) {
        await rename(test.path(name), test.path(`${name}-away`));
        await copyFile(other.path(name), test.path(name));
      }
      expect(await readFile(test.path(journal), 'utf8')).not.toBe(text);
      const { ino } = await lstat(test.path(partial));
      if (command === 'cancel') await test.engine.cancel({ ids: [id] });
      else await test.engine.remove({ ids: [id], deleteFile: true });
      expect((await lstat(test.path(partial))).ino).toBe(ino);
      expect(await test.names()).toContain(journal);
    },
  );
});
