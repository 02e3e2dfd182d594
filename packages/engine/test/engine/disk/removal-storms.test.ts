/** Removals among other commands in any order: nothing foreign goes, nothing comes back, nothing is left that should not be. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createFaultyFiles } from '@sluice/testkit/disk';
import { startOrigin, verifySeeded } from '@sluice/testkit/origin';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createMemoryRecords } from '../../../src/adapters/records/memory-records.ts';
import { createNodeFiles } from '../../../src/adapters/files/node-files.ts';
import { startEngine, type TestEngine } from '../harness.ts';

const sizeBytes = 2 * 1024 * 1024;
const stems = ['a', 'b', 'c'];
const foreign = 'a file of someone else';

async function openFiles(): Promise<number> {
  return process.platform === 'linux' ? (await readdir('/proc/self/fd')).length : 0;
}

function sockets(): number {
  return process.getActiveResourcesInfo().filter((kind) => /TCPSocket|TLSSocket/.test(kind)).length;
}

/** What a process opens once and keeps is no leak. */
async function warmUp(): Promise<void> {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/file.bin', { seed: 121, sizeBytes });
  await test.reach(await test.add(origin.urlOf('/file.bin')), 'finished');
}

type Reach = { readonly test: TestEngine; readonly id: string; readonly otherLink: string };

const commands = {
  pause: ({ test, id }: Reach) => test.engine.pause({ ids: [id] }),
  resume: ({ test, id }: Reach) => test.engine.resume({ ids: [id] }),
  retry: ({ test, id }: Reach) => test.engine.retry({ ids: [id] }),
  cancel: ({ test, id }: Reach) => test.engine.cancel({ ids: [id] }),
  remove: ({ test, id }: Reach) => test.engine.remove({ ids: [id], deleteFile: false }),
  removeWithFile: ({ test, id }: Reach) => test.engine.remove({ ids: [id], deleteFile: true }),
  newLink: ({ test, id, otherLink }: Reach) => test.engine.changeRequest({ id, url: otherLink }),
  pauseAll: ({ test }: Reach) => test.engine.pauseAll({}),
  resumeAll: ({ test }: Reach) => test.engine.resumeAll({}),
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
};

type Name = keyof typeof commands;

const step = fc.record({
  command: fc.oneof(
    { weight: 3, arbitrary: fc.constant<Name>('breathe') },
    { weight: 5, arbitrary: fc.constantFrom<Name>('pause', 'resume', 'retry', 'cancel', 'newLink', 'resumeAll') },
    { weight: 1, arbitrary: fc.constantFrom<Name>('remove', 'removeWithFile', 'pauseAll') },
  ),
  pick: fc.nat(stems.length - 1),
});

it('F58 storms that remove downloads leave what is foreign, bring nothing back and leave nothing behind', async () => {
  await warmUp();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 50 }), fc.nat(30), async (steps, failing) => {
      const before = { files: await openFiles(), sockets: sockets() };
      {
        await using origin = await startOrigin();
        const disk = createFaultyFiles(createNodeFiles());
        const records = createMemoryRecords();
        await using test = await startEngine({ ports: { files: disk, records }, settings: { retryWaitMs: 100 } });
        // Some way in, the disk has no room for one write.
        disk.fail({ kind: 'write', path: /\.sluice$/, nth: failing + 1, error: 'disk-full' });
        await Promise.all(stems.map((stem) => writeFile(test.path(`${stem}.bin`), foreign)));
        for (const stem of stems) {
          for (const path of [`/${stem}.bin`, `/${stem}-other.bin`]) {
            origin.serve(path, { seed: 121, sizeBytes, bytesPerSecond: 8 * sizeBytes });
          }
        }
        const ids = await Promise.all(
          stems.map((stem) => test.add(origin.urlOf(`/${stem}.bin`), { name: `${stem}.bin` })),
        );
        await test.until(ids[0] ?? '', ({ receivedBytes }) => receivedBytes > 0);
        const goneWithFile = new Map<string, boolean>();
        const pending: Promise<unknown>[] = [];
        for (const { command, pick } of steps) {
          const [id, stem] = [ids[pick] ?? '', stems[pick] ?? ''];
          if (goneWithFile.has(id) && command !== 'breathe') continue;
          const reach = { test, id, otherLink: origin.urlOf(`/${stem}-other.bin`) };
          // A finished download takes no new link.
          const done = commands[command](reach).catch((error: unknown) => expect(error).toHaveProperty('code'));
          if (command === 'breathe') await done;
          else pending.push(done);
          if (command === 'remove' || command === 'removeWithFile') {
            goneWithFile.set(id, command === 'removeWithFile');
            // Those that come too late find it gone, or on its way.
            pending.push((async () => test.engine.resume({ ids: [id] }))().catch(() => {}));
          }
        }
        await Promise.all(pending);
        disk.heal();
        const left = ids.filter((id) => !goneWithFile.has(id));
        expect((await test.engine.snapshot({})).downloads.map(({ id }) => id).toSorted()).toEqual(left.toSorted());
        expect(
          records
            .loadDownloads()
            .map(({ id }) => id)
            .toSorted(),
        ).toEqual(left.toSorted());
        for (const id of left) {
          await test.engine.retry({ ids: [id] });
          const { name } = await test.reach(id, 'finished');
          expect(await verifySeeded(test.path(name), 121, sizeBytes)).toBeNull();
        }
        await test.engine.close();
        await origin.waitFor(({ connections }) => connections.open === 0);
        const names = await test.names();
        for (const [index, stem] of stems.entries()) {
          expect(await readFile(test.path(`${stem}.bin`), 'utf8')).toBe(foreign);
          const of = names.filter((name) => name.startsWith(stem) && name !== `${stem}.bin`);
          const withFile = goneWithFile.get(ids[index] ?? '');
          if (withFile === true) expect(of).toEqual([]);
          if (withFile === undefined) expect(of).toEqual([`${stem} (1).bin`]);
        }
      }
      expect({ files: await openFiles(), sockets: sockets() }).toEqual(before);
    }),
    { numRuns: 10 },
  );
});
