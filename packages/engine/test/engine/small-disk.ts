/** A disk with little room: a real one where the tests may mount it, else one in memory. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryFiles } from '@sluice/testkit/disk';
import { createNodeFiles } from '../../src/adapters/files/node-files.ts';
import type { Files } from '../../src/ports/files.ts';

export interface SmallDisk extends Disposable {
  readonly files: Files;
  readonly folder: string;
  /** Another program's file, so large; 0 takes it away. */
  fill(sizeBytes: number): Promise<void>;
  read(name: string): Promise<Uint8Array>;
  names(): Promise<readonly string[]>;
}

const most = 2 ** 30;

export function createSmallDisk(sizeBytes: number): SmallDisk {
  const mounted = mountSmall(sizeBytes);
  const folder = mounted ?? '/downloads';
  const files = mounted === null ? createMemoryFiles({ capacityBytes: sizeBytes }) : createNodeFiles();
  const ballast = files.join(folder, 'ballast');
  return {
    files,
    folder,
    async fill(ballastBytes) {
      await files.delete(ballast);
      if (ballastBytes === 0) return;
      const file = await files.create(ballast);
      await file.write(new Uint8Array(ballastBytes).fill(1), 0);
      await file.close();
    },
    read: (name) => files.readWhole(files.join(folder, name), most),
    names: async () => (await files.listFolder(folder)).filter((name) => name !== 'ballast').toSorted(),
    [Symbol.dispose]() {
      if (mounted === null) return;
      execFileSync('umount', [mounted]);
      rmSync(mounted, { recursive: true });
    },
  };
}

/** Null where only an administrator may. */
function mountSmall(sizeBytes: number): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const folder = mkdtempSync(join(tmpdir(), 'sluice-small-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
}
