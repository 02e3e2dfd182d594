/**
 * A folder on a disk of its own whose state as a power cut would leave it can be kept at any moment. The folder is an
 * ext4 file system inside an image, and the image lies on btrfs, which copies it in an instant: what the kernel has not
 * yet written to the image is not in the copy, as it would not be on a disk whose power fails.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SnapshotDisk extends Disposable {
  /** Where the engine may write. */
  readonly folder: string;
  /** The power fails now, in another world: this one goes on. */
  keep(name: string): void;
  /** From now on the folder is as it was when `name` was kept. Nothing may have a file open there. */
  returnTo(name: string): void;
}

const imageBytes = { outer: '768M', inner: '96M' } as const;

export function createSnapshotDisk(): SnapshotDisk {
  const base = mkdtempSync(join(tmpdir(), 'sluice-power-'));
  const [outer, folder] = [join(base, 'outer'), join(base, 'folder')];
  mkdirSync(outer);
  mkdirSync(folder);
  const device = join(outer, 'disk.img');
  const undo: (() => void)[] = [() => rmSync(base, { recursive: true })];
  function mount(image: string, at: string): void {
    run('mount', '-o', 'loop', image, at);
    // Lazily: the loop device of an image inside lets go of it a moment after that was unmounted.
    undo.push(() => run('umount', '--lazy', at));
  }
  const copyOf = (name: string): string => join(outer, `${name}.img`);
  const disk: SnapshotDisk = {
    folder,
    keep: (name) => run('cp', '--reflink=always', device, copyOf(name)),
    returnTo(name) {
      undo.pop()?.();
      mount(copyOf(name), folder);
    },
    [Symbol.dispose]() {
      for (const step of undo.splice(0).toReversed()) step();
    },
  };
  try {
    run('truncate', '-s', imageBytes.outer, join(base, 'outer.img'));
    run('mkfs.btrfs', '-q', join(base, 'outer.img'));
    mount(join(base, 'outer.img'), outer);
    run('truncate', '-s', imageBytes.inner, device);
    run('mkfs.ext4', '-q', device);
    mount(device, folder);
  } catch (error) {
    disk[Symbol.dispose]();
    throw error;
  }
  return disk;
}

function run(program: string, ...args: string[]): void {
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
