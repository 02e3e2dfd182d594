/** Gives files new names: atomically, never over a file of another program, and across disks where needed. */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { dirname, join } from 'node:path';
import { SluiceError } from '@sluice/contract';
import { diskError, errnoOf } from './disk-errors.ts';
import { identityOf, isSameFile } from './facts.ts';
import { retryWhileBusy } from './busy.ts';
import { syncFolderOf } from './folder.ts';
import type { NodeFilesBase } from './system.ts';

/**
 * What `link` says where there are no hard links: FAT and exFAT (EPERM on Linux, ENOTSUP on macOS, EISDIR on
 * Windows), some FUSE and network mounts (ENOSYS, EACCES, EINVAL), or one name too many (EMLINK).
 */
const noHardLinks: ReadonlySet<string> = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EISDIR',
  'EACCES',
  'EINVAL',
  'EMLINK',
]);

export interface Move {
  readonly from: string;
  readonly to: string;
  /** Which file it must be, as {@link identityOf} has it; null: whichever has the name. */
  readonly identity: string | null;
}

/**
 * Moves `from` to the new name `to`. A second call after a crash between its steps finishes the first. In a folder where
 * others may write, another user may put another file under the old name at any moment: so the file is compared before it
 * gets the new name and once more when it has it, and another file loses that name again.
 * @throws `file-exists` when `to` is taken, `file-changed` when `from` is another file, `file-missing`,
 *   `folder-missing`, `disk-full`, `file-busy`…
 */
export async function moveToNewName(base: NodeFilesBase, move: Move): Promise<void> {
  const { from, to } = move;
  try {
    await requireIdentity(base, from, move.identity);
    if (move.identity === null) await requireRemovable(base, from);
    const refusal = await tryLink(base, from, to);
    if (refusal === null) await unlinkLinked(base, move);
    else if (refusal === 'EEXIST') await finishEarlierMove(base, from, to);
    // Within one folder a copy would be no nearer.
    else if (refusal === 'EXDEV' && dirname(from) !== dirname(to)) await copyToNewName(base, move);
    else await renameOntoReservation(base, move);
  } catch (error) {
    throw await moveError(base, error, { from, to });
  }
}

/** Moves `from` over `to`, which must be the engine's own file. */
export async function replaceFile(base: NodeFilesBase, move: Move): Promise<void> {
  const { from, to, identity } = move;
  try {
    await requireIdentity(base, from, identity);
    try {
      await retryWhileBusy(base, () => base.system.rename(from, to));
      await requireIdentity(base, to, identity);
    } catch (error) {
      if (errnoOf(error) !== 'EXDEV') throw error;
      const copy = await copyBeside(base, move);
      await renameOrDelete(base, copy, to);
      await deleteName(base, from);
    }
  } catch (error) {
    throw await moveError(base, error, { from, to });
  }
}

async function isFile(base: NodeFilesBase, path: string, identity: string | null): Promise<boolean> {
  return identity === null || identityOf(await base.system.lstat(path, { bigint: true }), base.platform) === identity;
}

async function requireIdentity(base: NodeFilesBase, path: string, identity: string | null): Promise<void> {
  if (await isFile(base, path, identity)) return;
  throw new SluiceError('file-changed', 'another file has the name', { facts: { path } });
}

/**
 * In a folder such as /tmp the file of another user can be given a second name, and neither name can be taken away again.
 * A file that is known by its identity was made, or judged, by this user.
 */
async function requireRemovable(base: NodeFilesBase, path: string): Promise<void> {
  const user = base.processOwnerId();
  if (user === null || user === 0) return;
  // With the dot, so that a link to the folder is followed.
  const folder = await base.system.lstat(`${dirname(path)}/.`, { bigint: true });
  const isSticky = (folder.mode & stickyBit) !== 0n;
  if (!isSticky || folder.uid === BigInt(user)) return;
  const file = await base.system.lstat(path, { bigint: true });
  if (file.uid === BigInt(user)) return;
  throw new SluiceError('file-access-denied', 'the file of another user in a sticky folder', { facts: { path } });
}

const stickyBit = 0o1000n;

/** @returns null when `to` is a second name of the file now, or why there can be none, in the system's words */
async function tryLink(base: NodeFilesBase, from: string, to: string): Promise<string | null> {
  try {
    await retryWhileBusy(base, () => base.system.link(from, to));
    return null;
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'EEXIST' || errno === 'EXDEV' || (errno !== null && noHardLinks.has(errno))) return errno;
    throw error;
  }
}

async function unlinkLinked(base: NodeFilesBase, { from, to, identity }: Move): Promise<void> {
  try {
    await requireIdentity(base, to, identity);
    await deleteName(base, from);
  } catch (error) {
    // Two names for one file would let a later resume write into a finished file. What another program has put under the
    // new name since is left alone.
    if (await areSameFile(base, from, to)) await base.system.unlink(to);
    throw error;
  }
}

/** `to` exists. If it is the same file as `from`, a move was cut off between its two steps. */
async function finishEarlierMove(base: NodeFilesBase, from: string, to: string): Promise<void> {
  const source = await base.system.lstat(from, { bigint: true });
  const target = await base.system.lstat(to, { bigint: true });
  if (!isSameFile(source, target)) throw new SluiceError('file-exists', 'the name is taken', { facts: { path: to } });
  // One file with one name that answers to both spellings: the disk ignores case.
  if (source.nlink === 1n) await retryWhileBusy(base, () => base.system.rename(from, to));
  else await deleteName(base, from);
}

/**
 * Without hard links: take the name with an empty file of our own, then rename over that. No other file can be
 * lost, since only this call could have made the one replaced.
 */
async function renameOntoReservation(base: NodeFilesBase, { from, to, identity }: Move): Promise<void> {
  // Asked first, or a missing source would leave an empty file behind.
  await base.system.lstat(from);
  const reservation = await base.system.open(to, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600);
  const reserved = await reservation.stat({ bigint: true });
  await reservation.close();
  const isStillOurs = async () => {
    const now = await base.system.lstat(to, { bigint: true }).catch(() => null);
    return now !== null && isSameFile(now, reserved) && now.size === 0n;
  };
  try {
    if (!(await isStillOurs())) throw new SluiceError('file-exists', 'the name was taken', { facts: { path: to } });
    await requireIdentity(base, from, identity);
    await retryWhileBusy(base, () => base.system.rename(from, to));
  } catch (error) {
    if (await isStillOurs()) await base.system.unlink(to).catch(() => {});
    throw error;
  }
  if (await isFile(base, to, identity)) return;
  // Another file was put under the old name within that moment: it goes back to where it was.
  if (await base.system.lstat(from).then(() => false, isMissing)) await base.system.rename(to, from).catch(() => {});
  throw new SluiceError('file-changed', 'another file had the name', { facts: { path: from } });
}

function isMissing(error: unknown): boolean {
  return errnoOf(error) === 'ENOENT';
}

async function areSameFile(base: NodeFilesBase, left: string, right: string): Promise<boolean> {
  try {
    return isSameFile(
      await base.system.lstat(left, { bigint: true }),
      await base.system.lstat(right, { bigint: true }),
    );
  } catch {
    return false;
  }
}

async function copyToNewName(base: NodeFilesBase, move: Move): Promise<void> {
  const { from, to } = move;
  const copy = await copyBeside(base, move);
  try {
    await moveToNewName(base, { from: copy, to, identity: null });
  } catch (error) {
    await base.system.unlink(copy).catch(() => {});
    throw error;
  }
  // The new name has to last before the old one may go.
  await syncFolderOf(base, dirname(to));
  await deleteName(base, from);
}

/** A durable copy of `from` under a temporary name in the folder of `to`. */
async function copyBeside(base: NodeFilesBase, { from, to, identity }: Move): Promise<string> {
  const copy = join(dirname(to), `.sluice-move-${randomBytes(8).toString('hex')}`);
  try {
    await base.system.copyFile(from, copy, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    await requireIdentity(base, from, identity);
    const stats = await base.system.lstat(from);
    const handle = await base.system.open(copy, constants.O_RDWR);
    try {
      await handle.utimes(stats.atime, stats.mtime);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return copy;
  } catch (error) {
    await base.system.unlink(copy).catch(() => {});
    throw error;
  }
}

async function renameOrDelete(base: NodeFilesBase, from: string, to: string): Promise<void> {
  try {
    await retryWhileBusy(base, () => base.system.rename(from, to));
    await syncFolderOf(base, dirname(to));
  } catch (error) {
    await base.system.unlink(from).catch(() => {});
    throw error;
  }
}

async function deleteName(base: NodeFilesBase, path: string): Promise<void> {
  await retryWhileBusy(base, () => base.system.unlink(path));
}

/** ENOENT does not say which end is missing, so look. */
async function moveError(
  base: NodeFilesBase,
  error: unknown,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<SluiceError> {
  const isSourceThere = await base.system.lstat(from).then(
    () => true,
    () => false,
  );
  if (errnoOf(error) === 'ENOENT' && isSourceThere) return diskError(error, { operation: 'create', path: to });
  return diskError(error, { operation: 'move', path: isSourceThere ? to : from });
}
