/** Takes away the folders of processes that were killed: there may be a key in them. */
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '../../files/disk-errors.ts';

const namePattern = /^sluice-curl-(\d+)-/;

/** How a folder of this process begins; what follows is for chance. */
export function workspacePrefix(): string {
  return `sluice-curl-${process.pid}-`;
}

/** Those of living processes stay, and so do those of other users. Never rejects: what cannot be taken away stays. */
export async function removeLeftWorkspaces(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  await Promise.all(names.map((name) => removeIfLeft(join(parent, name), namePattern.exec(name)?.[1]).catch(() => {})));
}

async function removeIfLeft(path: string, processId: string | undefined): Promise<void> {
  if (processId === undefined || isAlive(Number(processId))) return;
  const facts = await lstat(path);
  const isOurs = process.getuid === undefined || facts.uid === process.getuid();
  if (facts.isDirectory() && isOurs) await rm(path, { recursive: true, force: true });
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return errnoOf(error) !== 'ESRCH';
  }
}
