/** Turns the system's description of a file into the engine's. */
import type { BigIntStats } from 'node:fs';
import type { FileFacts } from '../../ports/files.ts';
import type { NodePlatform } from './system.ts';

/** What `st_blocks` counts in, whatever the disk's own blocks are. */
const blockBytes = 512;

/**
 * The inode number and the time of birth. An inode number alone is not enough: ext4 gives a deleted file's
 * number to the next one made. The device number is left out where it can be, since it may change with every
 * mount (btrfs, network and removable disks), and an identity that changes for nothing costs a full re-read.
 * macOS moves the time of birth when a file is dated before it, but APFS never uses an inode number again.
 */
export function identityOf(stats: Pick<BigIntStats, 'dev' | 'ino' | 'birthtimeNs'>, platform: NodePlatform): string {
  if (platform === 'darwin') return `i${stats.ino}`;
  return stats.birthtimeNs > 0n ? `i${stats.ino}b${stats.birthtimeNs}` : `d${stats.dev}i${stats.ino}`;
}

export function factsOf(stats: BigIntStats, platform: NodePlatform): FileFacts {
  return {
    sizeBytes: Number(stats.size),
    // Windows knows no such number, and Node says 0.
    allocatedBytes: platform === 'win32' ? null : Number(stats.blocks) * blockBytes,
    identity: identityOf(stats, platform),
    linkCount: Number(stats.nlink),
    modifiedAtMs: Number(stats.mtimeNs) / 1e6,
    // Windows has owners, but no numbers for them, and Node says 0.
    ownerId: platform === 'win32' ? null : Number(stats.uid),
  };
}

/** Whether two descriptions are of one file, at this moment and on this machine. */
export function isSameFile(left: BigIntStats, right: BigIntStats): boolean {
  return left.dev === right.dev && left.ino === right.ino;
}
