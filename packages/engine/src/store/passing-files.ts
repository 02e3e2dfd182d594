/** Files that are whole but have no name of their own yet: what they are called meanwhile, and what a crash left of them. */
import { SluiceError } from '@sluice/contract';
import type { Files } from '../ports/files.ts';
import type { ProcessRecord } from '../plan/process-record.ts';
import { deleteOwn } from './delete-own.ts';
import type { Owner } from './journal-content.ts';
import { noLock, otherOwner } from './ownership.ts';

/** Whole files without their name, and probes of whether a folder can be written. */
const prefixes = { whole: '.sluice-whole-', probe: '.sluice-try-' } as const;
let count = 0;

/** A name that no other file bears, in this process or another, and that tells whose it is. */
export function passingName(
  owner: string,
  process: ProcessRecord | null,
  purpose: keyof typeof prefixes = 'whole',
): string {
  count += 1;
  const parts = [Buffer.from(owner).toString('base64url'), count, ...(process === null ? [] : [printProcess(process)])];
  return prefixes[purpose] + parts.join('.');
}

/**
 * Deletes what processes that are gone left in a folder: nothing was ever promised of it, or it has its own name too.
 * What a process in another container may still need stays.
 * @param names of everything in the folder
 */
export async function deleteAbandoned(files: Files, folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const owner = ownerOf(name);
    if (owner === null) continue;
    try {
      const path = files.join(folder, name);
      const there = await files.lookUp(path);
      if (there?.kind !== 'file' || !(await files.isOwnFile(folder, there))) continue;
      if ((await otherOwner(files, { path, owner, lock: noLock })) !== null) continue;
      if (owner.name !== (await files.owner())) await deleteOwn(files, path, there.identity);
    } catch (error) {
      // It is in nobody's way.
      if (!(error instanceof SluiceError)) throw error;
    }
  }
}

/** Earlier releases left the process out, and gave their probes a random name. */
function ownerOf(name: string): Owner | null {
  const prefix = Object.values(prefixes).find((one) => name.startsWith(one));
  if (prefix === undefined || !name.includes('.', prefix.length)) return null;
  const [owner = '', , process = ''] = name.slice(prefix.length).split('.');
  return { name: Buffer.from(owner, 'base64url').toString(), process: parseProcess(process), isLocked: false };
}

/** In few characters that every disk allows: nothing for what is not known. */
function printProcess({ machine, boot, namespace, pid, started }: ProcessRecord): string {
  return [machine, boot, namespace, pid, started].map((field) => field ?? '').join('+');
}

function parseProcess(text: string): ProcessRecord | null {
  const [machine, boot, namespace, pid, started] = text.split('+').map((field) => (field === '' ? null : field));
  if (started === undefined || !/^\d+$/.test(pid ?? '')) return null;
  return {
    machine: machine ?? null,
    boot: boot ?? null,
    namespace: namespace ?? null,
    pid: Number(pid),
    started,
  };
}
