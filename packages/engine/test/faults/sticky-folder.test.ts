/** F69 in a folder such as /tmp: everyone may write there, and nobody may take away or rename what another one made. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, lstat, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DownloadPatch } from '@sluice/contract';
import { startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { nameFor, rootUser } from '@sluice/testkit/requirements';
import { expect, onTestFinished, test } from 'vitest';
import { createNodeFiles } from '../../src/adapters/files/node-files.ts';
import { createJournal } from '../../src/store/journal/journal.ts';

const sizeBytes = 3_000_000;
const user = 65_533;
const anotherUser = 65_534;

/** A folder with the sticky bit, and in it what another user has left: a whole forged partial, and a journal that vouches for it. */
async function stage(url: string, etag: string | null) {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-sticky-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await chmod(folder, 0o1777);
  const partial = join(folder, 'file.bin.sluice');
  const forged = Buffer.alloc(sizeBytes, 'forged');
  await writeFile(partial, forged);
  const files = createNodeFiles();
  const { identity } = (await files.lookUp(partial)) ?? { identity: '' };
  const journal = await createJournal(files, `${partial}-journal`, {
    url,
    fileName: 'file.bin',
    createdAtMs: Date.now(),
    partialIdentity: identity,
    resource: {
      finalUrl: url,
      totalBytes: sizeBytes,
      ranges: 'proved',
      etag,
      lastModified: null,
      date: null,
      contentType: null,
      contentEncoding: null,
    },
  });
  const { crc32 } = await import('node:zlib');
  await journal.recordExtents([{ start: 0, end: sizeBytes, crc32: crc32(forged) }]);
  await journal.recordSynced(journal.mark());
  await journal.close();
  for (const path of [partial, `${partial}-journal`]) {
    await chown(path, anotherUser, anotherUser);
    // As open as can be, so that only its owner speaks against it.
    await chmod(path, 0o666);
  }
  return { folder, partial, forged };
}

/** Fetches as an ordinary user, who may not rename or delete what is there. @returns the name that the file got */
async function fetchAs(uid: number, folder: string, url: string): Promise<string> {
  const list = await mkdtemp(join(tmpdir(), 'sluice-sticky-list-'));
  onTestFinished(() => rm(list, { recursive: true, force: true }));
  await chown(list, uid, uid);
  const child: ChildProcess = spawn(
    process.execPath,
    [join(import.meta.dirname, 'sticky-child.ts'), list, folder, url],
    {
      uid,
      gid: uid,
      env: { ...process.env, HOME: list },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  if (child.stdout === null) throw new Error('the child has no output');
  let name = '';
  for await (const line of createInterface({ input: child.stdout })) {
    const change: DownloadPatch = JSON.parse(line);
    name = change.name ?? name;
    if (change.state?.kind === 'finished') return name;
    if (change.state?.kind === 'failed') throw new Error(line);
  }
  await once(child, 'exit');
  throw new Error('the child has ended');
}

test.skipIf(!rootUser.isMet)(
  nameFor('F69 in a sticky folder a forged extent is ignored, and the next name is taken', rootUser),
  async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed: 69, sizeBytes, etag: '"a"' });
    const url = origin.urlOf('/file.bin');
    const { folder, partial, forged } = await stage(url, '"a"');
    const name = await fetchAs(user, folder, url);
    expect(name).toBe('file (1).bin');
    expect(await verifySeeded(join(folder, name), 69, sizeBytes)).toBeNull();
    expect((await lstat(join(folder, name))).uid).toBe(user);
    expect(forged.equals(await readFile(partial))).toBe(true);
    await expect(lstat(join(folder, 'file.bin'))).rejects.toMatchObject({ code: 'ENOENT' });
  },
);

test.skipIf(!rootUser.isMet)(
  nameFor('F69 in a sticky folder a file that cannot be moved never keeps the new name', rootUser),
  async () => {
    const { folder, partial } = await stage('http://127.0.0.1/file.bin', null);
    const target = join(folder, 'file.bin');
    const child = spawn(process.execPath, [join(import.meta.dirname, 'sticky-child.ts'), 'move', partial, target], {
      uid: user,
      gid: user,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = await Promise.all([child.stdout.toArray(), once(child, 'exit')]);
    expect(Buffer.concat(said).toString()).toMatch(/^refused /);
    await expect(lstat(target)).rejects.toMatchObject({ code: 'ENOENT' });
    expect((await lstat(partial)).nlink).toBe(1);
  },
);
