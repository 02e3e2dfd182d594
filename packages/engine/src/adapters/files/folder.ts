/** What the engine asks of folders: make, list, make durable, measure, try. */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { join } from 'node:path';
import { errnoOf, withDiskErrors } from './disk-errors.ts';
import { recordOfThisProcess } from './process.ts';
import { stagedName } from '../../store/staged-files.ts';
import { makeFolders } from './make-folders.ts';
import { ownerOfThisProcess } from './owner.ts';
import type { NodeFilesBase } from './system.ts';

/** What a system says that has no way to sync a folder, as opposed to one that tried and failed. */
export const cannotSyncFolders: ReadonlySet<string> = new Set([
  'EISDIR',
  'EPERM',
  'EACCES',
  'EINVAL',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EBADF',
]);

export function syncFolderOf(base: Pick<NodeFilesBase, 'system' | 'platform'>, path: string): Promise<void> {
  if (base.platform === 'win32') return Promise.resolve();
  return withDiskErrors({ operation: 'sync-folder', path }, async () => {
    try {
      const handle = await base.system.open(path, constants.O_RDONLY | (constants.O_DIRECTORY ?? 0));
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
    } catch (error) {
      if (!cannotSyncFolders.has(errnoOf(error) ?? '')) throw error;
    }
  });
}

export function makeFolderAt(base: NodeFilesBase, path: string): Promise<void> {
  return withDiskErrors({ operation: 'make-folder', path }, async () => {
    await makeFolders(path, { mkdir: base.system.mkdir });
  });
}

export function listFolderAt(base: NodeFilesBase, path: string): Promise<readonly string[]> {
  return withDiskErrors({ operation: 'list-folder', path }, () => base.system.readdir(path));
}

export function freeBytesAt(base: NodeFilesBase, path: string): Promise<number | null> {
  return withDiskErrors({ operation: 'free-space', path }, async () => {
    try {
      const { bavail, bsize } = await base.system.statfs(path, { bigint: true });
      return Number(bavail * bsize);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') throw error;
      return null;
    }
  });
}

/**
 * The user whose rights this process has owns what it makes, on most disks. Others give every file the same owner
 * (FAT, some mounts of NTFS and SMB) or map users (NFS with root squash): there a file is made, looked at and deleted.
 */
export async function isOwnFileIn(base: NodeFilesBase, folder: string, ownerId: number | null): Promise<boolean> {
  const ourId = base.processOwnerId();
  if (ownerId === null || ourId === null || ownerId === ourId) return true;
  const path = join(folder, `.sluice-try-${randomBytes(8).toString('hex')}`);
  try {
    const handle = await base.system.open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
    try {
      return Number((await handle.stat({ bigint: true })).uid) === ownerId;
    } finally {
      await handle.close();
      await base.system.unlink(path);
    }
  } catch {
    return false;
  }
}

/**
 * Tries by making a file and deleting it: permission bits say nothing about read-only disks, access lists,
 * sandboxes, or root.
 */
export async function isWritableFolderAt(base: NodeFilesBase, path: string): Promise<boolean> {
  const owner = await ownerOfThisProcess();
  // With the owner in its name, so that the next process deletes what a kill leaves of it.
  const probe = join(
    path,
    owner === null
      ? `.sluice-try-${randomBytes(8).toString('hex')}`
      : stagedName(owner, await recordOfThisProcess(), { purpose: 'probe' }),
  );
  try {
    const handle = await base.system.open(probe, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
    await handle.close();
    await base.system.unlink(probe);
    return true;
  } catch {
    return false;
  }
}
