/** Folders that killed processes left behind. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { removeLeftWorkspaces, workspacePrefix } from '../../../../src/adapters/http/curl/left-workspaces.ts';
import { temporaryFolder } from '../../files/temporary-folder.ts';

/** The number of a process that has ended. */
async function deadProcessId(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid ?? 0;
}

it('goes with what is in it once its process is dead; everything else stays', async () => {
  const parent = temporaryFolder();
  const dead = await deadProcessId();
  const staying = [`${workspacePrefix()}abc`, 'sluice-curl-x', `sluice-curl-${dead}`, `sluice-curl-${dead}-link`];
  await mkdir(join(parent, `sluice-curl-${dead}-abc`));
  await writeFile(join(parent, `sluice-curl-${dead}-abc`, 'key.pem'), 'secret');
  for (const name of staying.slice(0, 3)) await mkdir(join(parent, name));
  await symlink(parent, join(parent, `sluice-curl-${dead}-link`));
  await removeLeftWorkspaces(parent);
  expect((await readdir(parent)).toSorted()).toEqual(staying.toSorted());
});

it('nothing happens where nothing can be listed', async () => {
  await expect(removeLeftWorkspaces(join(temporaryFolder(), 'gone'))).resolves.toBeUndefined();
});
