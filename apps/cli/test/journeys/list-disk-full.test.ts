/** F121 on a real disk: the list's disk is full while a download arrives. It is said, and nothing is fetched twice. */
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { mountableDisks, nameFor } from '@sluice/testkit/requirements';
import { expect, test } from 'vitest';
import { workplace } from '../support/sluice.ts';

test.skipIf(!mountableDisks.isMet)(
  nameFor('F121 watch says that the list cannot be saved, and the next one fetches nothing again', mountableDisks),
  async () => {
    await using origin = await startOrigin();
    await using place = await workplace();
    origin.serve('/a.bin', { seed: 121, sizeBytes: 300_000 });
    const data = join(place.folder, 'data');
    const files = join(place.folder, 'files');
    await mkdir(data);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=700', 'tmpfs', data]);
    using _mount = { [Symbol.dispose]: () => void execFileSync('umount', ['--lazy', data]) };
    const run = async (...words: string[]) => {
      const sluice = place.start(...words, '--data-folder', data);
      return { code: await sluice.ended, ...sluice.written };
    };
    expect(await run('add', '-d', 'files', origin.urlOf('/a.bin'))).toMatchObject({ code: 0 });
    const { bsize, bavail } = await statfs(data);
    await writeFile(join(data, 'filler'), new Uint8Array(bsize * bavail));
    const full = await run('watch');
    expect(full.code).not.toBe(0);
    expect(full.error).toMatch(/\[disk-full\]/);
    expect(await verifySeeded(join(files, 'a.bin'), 121, 300_000)).toBeNull();
    const identity = (await stat(join(files, 'a.bin'))).ino;
    const sent = origin.bodyBytesSent;
    await rm(join(data, 'filler'));
    expect((await run('watch')).code).toBe(0);
    expect(origin.bodyBytesSent).toBe(sent);
    expect(await readdir(files)).toEqual(['a.bin']);
    expect((await stat(join(files, 'a.bin'))).ino).toBe(identity);
  },
);
