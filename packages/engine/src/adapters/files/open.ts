/** Opens files so that nothing but a plain file is ever read or written: no link, pipe, socket or device. */
import { type BigIntStats, constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SluiceError } from '@sluice/contract';
import type { Files, OpenFile } from '../../ports/files.ts';
import { errnoOf, withDiskErrors } from './disk-errors.ts';
import { isSameFile } from './facts.ts';
import { retryWhileBusy } from './busy.ts';
import { exclusiveFlag } from './lock.ts';
import { openFileOver } from './handle.ts';
import type { NodeFilesBase } from './system.ts';

// Windows has neither flag; there the look before and after the open has to do.
const noFollow = constants.O_NOFOLLOW ?? 0;
/** So that opening a pipe with no other end returns instead of hanging for ever. */
const noBlock = constants.O_NONBLOCK ?? 0;

function unsafe(path: string, kind: string): SluiceError {
  return new SluiceError('file-unsafe', `not a plain file: ${kind}`, { facts: { path, kind } });
}

/** A file that is gone and a disk that is not plugged in look the same from here; what to do about them does not. */
async function describeNamed(base: NodeFilesBase, path: string): Promise<BigIntStats> {
  try {
    return await base.system.lstat(path, { bigint: true });
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') {
      const folder = dirname(path);
      await withDiskErrors({ operation: 'list-folder', path: folder }, () => base.system.lstat(folder));
    }
    throw error;
  }
}

async function openChecked(base: NodeFilesBase, path: string, flags: number): Promise<FileHandle> {
  const named = await describeNamed(base, path);
  // Asked before the open too: opening a device or a pipe can have effects of its own.
  if (named.isSymbolicLink()) throw unsafe(path, 'link');
  if (!named.isFile()) throw unsafe(path, named.isDirectory() ? 'folder' : 'special');
  const handle = await base.system.open(path, flags | noFollow | noBlock);
  try {
    const opened = await handle.stat({ bigint: true });
    if (!opened.isFile() || !isSameFile(named, opened)) throw unsafe(path, 'replaced while it was opened');
    return handle;
  } catch (error) {
    await handle.close().catch(() => {});
    throw error;
  }
}

export function openExisting(base: NodeFilesBase, path: string, isExclusive: boolean): Promise<OpenFile> {
  return withDiskErrors({ operation: 'open', path }, () =>
    openLocked(base, { path, flags: constants.O_RDWR, isExclusive }, (flags) => openChecked(base, path, flags)),
  );
}

/** Where opening a file can lock it, and the disk has locks, it does. */
async function openLocked(
  base: NodeFilesBase,
  spec: { readonly path: string; readonly flags: number; readonly isExclusive: boolean },
  open: (flags: number) => Promise<FileHandle>,
): Promise<OpenFile> {
  const { path, flags, isExclusive } = spec;
  const { platform } = base;
  const locking = isExclusive ? exclusiveFlag(platform) : 0;
  if (locking === 0) return openFileOver(await open(flags), path, { platform });
  try {
    const handle = await retryWhileBusy(base, () => open(flags | locking));
    return openFileOver(handle, path, { platform, lock: 'ours' });
  } catch (error) {
    if (!withoutLocks.has(errnoOf(error) ?? '')) throw error;
    return openFileOver(await open(flags), path, { platform });
  }
}

/** What is said where a disk has no locks. */
const withoutLocks: ReadonlySet<string> = new Set(['ENOTSUP', 'EOPNOTSUPP', 'EINVAL']);

/** `private` keeps other users from reading it; otherwise the user's umask decides. */
export function createNew(
  base: NodeFilesBase,
  path: string,
  { private: isPrivate = false, exclusive: isExclusive = false }: NonNullable<Parameters<Files['create']>[1]>,
): Promise<OpenFile> {
  return withDiskErrors({ operation: 'create', path }, () => {
    const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | noFollow;
    return openLocked(base, { path, flags, isExclusive }, (all) =>
      base.system.open(path, all, isPrivate ? 0o600 : 0o666),
    );
  });
}

export function readWholeFile(base: NodeFilesBase, path: string, maxBytes: number): Promise<Uint8Array> {
  return withDiskErrors({ operation: 'open', path }, async () => {
    const file = openFileOver(await openChecked(base, path, constants.O_RDONLY), path, base);
    try {
      const { sizeBytes } = await file.facts();
      if (sizeBytes > maxBytes) {
        throw new SluiceError('file-too-large', 'too large to read at once', { facts: { path, sizeBytes, maxBytes } });
      }
      const bytes = new Uint8Array(sizeBytes);
      return bytes.subarray(0, await file.read(bytes, 0));
    } finally {
      await file.close();
    }
  });
}
