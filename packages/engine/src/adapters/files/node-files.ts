/** The disk over `node:fs`: meets the `Files` port. */
import { posix, win32 } from 'node:path';
import { SluiceError } from '@sluice/contract';
import type { Files } from '../../ports/files.ts';
import { errnoOf, withDiskErrors } from './disk-errors.ts';
import { retryWhileBusy } from './busy.ts';
import { factsOf } from './facts.ts';
import { freeBytesAt, isOwnFileIn, isWritableFolderAt, listFolderAt, makeFolderAt, syncFolderOf } from './folder.ts';
import { NodeStagedFiles } from './staged.ts';
import { moveToNewName, replaceFile } from './move.ts';
import { markOriginOf, type SetAttribute } from './origin.ts';
import { isOwnerAlive, ownerOfThisProcess } from './owner.ts';
import { livenessIn, recordOfThisProcess } from './process.ts';
import { createNew, openExisting, readWholeFile } from './open.ts';
import {
  defaultBusyDelaysMs,
  type NodeFilesBase,
  type NodeFileSystem,
  nodeFileSystem,
  type NodePlatform,
} from './system.ts';

export interface NodeFilesOptions {
  /** For tests: what to call instead of `node:fs/promises`. */
  readonly system?: NodeFileSystem;
  /** Waits between attempts at a name another program holds. */
  readonly busyDelaysMs?: readonly number[];
  /** How Linux and macOS note where a file came from; without it they do not. */
  readonly setAttribute?: SetAttribute;
  /** Path of a module that does the same with `setAttributeSync`: the thread of small files loads it. */
  readonly attributeLibrary?: string | null;
  /** For tests: the user whose rights this process has. */
  readonly processOwnerId?: () => number | null;
}

export function createNodeFiles(platform: NodePlatform = process.platform, options: NodeFilesOptions = {}): Files {
  const base: NodeFilesBase = {
    platform,
    system: options.system ?? nodeFileSystem,
    busyDelaysMs: options.busyDelaysMs ?? defaultBusyDelaysMs,
    processOwnerId: options.processOwnerId ?? (() => process.geteuid?.() ?? null),
  };
  const plainFolders = new Set<string>();
  const files: Files = {
    create: (path, spec = {}) => createNew(base, path, spec),
    open: (path, { exclusive: isExclusive = false } = {}) => openExisting(base, path, isExclusive),
    readWhole: (path, maxBytes) => readWholeFile(base, path, maxBytes),
    lookUp: (path) => lookUp(base, path),
    moveNew: (from, to, identity) => moveToNewName(base, { from, to, identity: identity ?? null }),
    markOrigin: (path, origin) => markOriginOf(base, options.setAttribute ?? null, { path, origin }),
    replace: (from, to, identity) => replaceFile(base, { from, to, identity: identity ?? null }),
    delete: (path) => deleteFile(base, path),
    makeFolder: (path) => makeFolderAt(base, path),
    syncFolder: (path) => syncFolderOf(base, path),
    listFolder: (path) => listFolderAt(base, path),
    freeBytes: (path) => freeBytesAt(base, path),
    isWritableFolder: (path) => isWritableFolderAt(base, path),
    isOwnFile: (folder, { ownerId }) => isOwnFileIn(base, folder, ownerId),
    owner: ownerOfThisProcess,
    isOwnerAlive,
    process: recordOfThisProcess,
    livenessOf: (process, folder) => livenessIn(base, process, folder),
    join: (folder, name) => joinChild(platform, plainFolders, { folder, name }),
  };
  const staged = new NodeStagedFiles(files, { platform, attributeLibrary: options.attributeLibrary ?? null });
  return { ...files, stage: (spec) => staged.stage(spec) };
}

/** ENOTDIR: a parent of the path is a file, so nothing can have that name. */
function isGone(error: unknown): boolean {
  const errno = errnoOf(error);
  return errno === 'ENOENT' || errno === 'ENOTDIR';
}

function lookUp(base: NodeFilesBase, path: string): ReturnType<Files['lookUp']> {
  return withDiskErrors({ operation: 'look-up', path }, async () => {
    try {
      const stats = await base.system.lstat(path, { bigint: true });
      const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other';
      return { ...factsOf(stats, base.platform), kind };
    } catch (error) {
      if (isGone(error)) return null;
      throw error;
    }
  });
}

function deleteFile(base: NodeFilesBase, path: string): Promise<void> {
  return withDiskErrors({ operation: 'delete', path }, async () => {
    try {
      await retryWhileBusy(base, () => base.system.unlink(path));
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  });
}

/** Few folders are in use at a time. */
const mostPlainFolders = 100;

/** @param plainFolders those that joining was found to leave as they are written; it adds to them */
function joinChild(platform: NodePlatform, plainFolders: Set<string>, place: { folder: string; name: string }): string {
  const { folder, name } = place;
  const paths = platform === 'win32' ? win32 : posix;
  const refuse = (detail: string) => new SluiceError('name-invalid', detail, { facts: { name } });
  // A colon starts an alternate stream or a drive on Windows; a backslash separates folders only there.
  const separators = platform === 'win32' ? /[\\/:\0]/ : /[/\0]/;
  if (name === '' || name === '.' || name === '..' || separators.test(name)) throw refuse('not a plain file name');
  if (plainFolders.has(folder)) return folder + paths.sep + name;
  if (!paths.isAbsolute(folder)) throw new SluiceError('request-invalid', 'the folder is not absolute');
  const path = paths.join(folder, name);
  if (paths.dirname(path) !== paths.resolve(folder)) throw refuse('not a direct child of its folder');
  if (path === folder + paths.sep + name && plainFolders.size < mostPlainFolders) plainFolders.add(folder);
  return path;
}
