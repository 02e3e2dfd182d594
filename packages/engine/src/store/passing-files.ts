/** Files that are whole but have no name of their own yet: what they are called meanwhile, and what a crash left of them. */
import { SluiceError } from '@sluice/contract';
import type { Files } from '../ports/files.ts';

/** Whole files without their name, and probes of whether a folder can be written. */
const prefixes = { whole: '.sluice-whole-', probe: '.sluice-try-' } as const;
let count = 0;

/** A name that no other file bears, in this process or another, and that tells whose it is. */
export function passingName(owner: string, purpose: keyof typeof prefixes = 'whole'): string {
  count += 1;
  return `${prefixes[purpose]}${Buffer.from(owner).toString('base64url')}.${count}`;
}

/**
 * Deletes what processes that are gone left in a folder: nothing was ever promised of it, or it has its own name too.
 * @param names of everything in the folder
 */
export async function deleteAbandoned(files: Files, folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const owner = ownerOf(name);
    if (owner === null || owner === (await files.owner()) || (await files.isOwnerAlive(owner))) continue;
    await files.delete(files.join(folder, name)).catch((error: unknown) => {
      // It is in nobody's way.
      if (!(error instanceof SluiceError)) throw error;
    });
  }
}

function ownerOf(name: string): string | null {
  const prefix = Object.values(prefixes).find((one) => name.startsWith(one));
  // Earlier releases gave their probes a random name.
  if (prefix === undefined || !name.includes('.', prefix.length)) return null;
  const [owner = ''] = name.slice(prefix.length).split('.');
  return Buffer.from(owner, 'base64url').toString();
}
