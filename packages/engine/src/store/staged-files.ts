/** Files that are whole but have no name of their own yet: what they are called meanwhile, and what a crash left of them. */
import { SluiceError } from '@sluice/contract';
import type { FileFacts, Files } from '../ports/files.ts';
import type { ProcessRecord } from '../plan/process/process-record.ts';
import { deleteOwn } from './delete-own.ts';
import type { Owner } from './journal/journal-content.ts';
import { noLock, otherOwner } from './journal/ownership.ts';
import { matchesSign } from './staged-sign.ts';

/** Whole files without their name, and probes of whether a folder can be written. */
const prefixes = { whole: '.sluice-whole-', probe: '.sluice-try-' } as const;
let count = 0;

/**
 * A name that no other file bears, in this process or another, and that tells whose it is.
 * @param sign which file it is, see `passing-sign.ts`; null where it holds nothing, or is not known yet
 */
export function stagedName(
  owner: string,
  process: ProcessRecord | null,
  { purpose = 'whole', sign = null }: { readonly purpose?: keyof typeof prefixes; readonly sign?: string | null } = {},
): string {
  count += 1;
  const parts = [Buffer.from(owner).toString('base64url'), count, process === null ? '' : printProcess(process)];
  return prefixes[purpose] + [...parts, ...(sign === null ? [] : [sign])].join('.').replace(/\.$/, '');
}

/**
 * Deletes what processes that are gone left in a folder: nothing was ever promised of it, or it has its own name too.
 * What a process in another container may still need stays, and so does another file than the one that the name tells of:
 * other programs may have put one there. Names of earlier releases, and of what a crash left empty, tell of none.
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
      if (owner.name === (await files.owner()) || !(await isMeant(files, path, { name, there }))) continue;
      await deleteOwn(files, path, there.identity);
    } catch (error) {
      // It does no harm.
      if (!(error instanceof SluiceError)) throw error;
    }
  }
}

async function isMeant(
  files: Files,
  path: string,
  { name, there }: { readonly name: string; readonly there: FileFacts },
): Promise<boolean> {
  if (there.sizeBytes === 0) return true;
  // Only tried for: nothing is ever written to it.
  if (name.startsWith(prefixes.probe)) return false;
  const sign = name.slice(prefixes.whole.length).split('.').at(3);
  return sign === undefined || matchesSign(files, path, { sign, there });
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
