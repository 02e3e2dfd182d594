/** The part of `node:fs/promises` that the files adapter uses, so that a test can make it fail. */
import * as fs from 'node:fs/promises';

export type NodeFileSystem = Pick<
  typeof fs,
  'open' | 'lstat' | 'link' | 'unlink' | 'rename' | 'copyFile' | 'mkdir' | 'readdir' | 'statfs'
>;

export type NodePlatform = NodeJS.Platform;

/** What every operation of the adapter stands on. */
export interface NodeFilesBase {
  readonly system: NodeFileSystem;
  readonly platform: NodePlatform;
  /** Waits between attempts at something another program briefly holds. */
  readonly busyDelaysMs: readonly number[];
  /** The user whose rights this process has; null where the system has no numbers for users. */
  readonly processOwnerId: () => number | null;
}

export const nodeFileSystem: NodeFileSystem = fs;

/** 1.6 s in all: a virus scanner or an indexer is done with a file by then, or is not going to be. */
export const defaultBusyDelaysMs: readonly number[] = [5, 10, 20, 50, 100, 200, 400, 800];
