/** Carries out `sluice cache`: looks after a folder in which Node programs keep what they fetched. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Cache, type CacheEntry } from '@sluice/sluice/source';
import type { CacheAction, CacheRequest } from './request.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { Output } from '../list/output.ts';
import type { CliContext } from '../../cli-context.ts';
import { formatBytes } from '../../terminal/amounts.ts';
import { cleanText } from '../../terminal/clean-text.ts';

export async function runCache({ folder, output: form, action }: CacheRequest, context: CliContext): Promise<ExitCode> {
  const output = new Output(context, form);
  // Opening one makes one, and a folder of other things must not become a cache by a typing mistake.
  if (!existsSync(join(folder, 'index.sqlite'))) return output.endWithUsageError({ kind: 'no-cache', folder });
  try {
    using cache = await Cache.open(folder);
    return await carryOut(cache, action, { output, interrupted: context.interrupted });
  } catch (error) {
    if (context.interrupted.aborted) return output.end(exitCodes.interrupted);
    return output.endWithError(error);
  }
}

interface Speaking {
  readonly output: Output;
  readonly interrupted: AbortSignal;
}

async function carryOut(cache: Cache, action: CacheAction, { output, interrupted }: Speaking): Promise<ExitCode> {
  switch (action.kind) {
    case 'list':
      tell(cache.list(), output);
      return output.end(exitCodes.ok);
    case 'prune': {
      const { removed, leftoverCount } = cache.prune({
        ...(action.unusedForMs === null ? {} : { unusedForMs: action.unusedForMs }),
        ...(action.maxBytes === null ? {} : { maxBytes: action.maxBytes }),
      });
      tellRemoved(removed, output);
      if (leftoverCount > 0) output.say(`cleared ${leftoverCount} that nothing needed`);
      return output.end(exitCodes.ok);
    }
    case 'verify':
      return verify(cache, action.removes, { output, interrupted });
    case 'remove':
      return remove(cache, action.which, output);
    default:
      return action satisfies never;
  }
}

async function verify(cache: Cache, removes: boolean, { output, interrupted }: Speaking): Promise<ExitCode> {
  const verified = await cache.verify(interrupted);
  for (const { entry, state } of verified) {
    output.tell({ kind: 'verified', entry, state });
    if (state === 'sound') output.say(`sound    ${cleanText(entry.url)}`);
    else output.complain(`${state}: ${cleanText(entry.url)}`);
  }
  const unsound = verified.filter(({ state }) => state !== 'sound');
  if (removes) for (const { entry } of unsound) await cache.remove(entry);
  else if (unsound.length > 0) output.hint('Remove them with --remove; they are fetched again when they are needed.');
  return output.end(unsound.length > 0 && !removes ? exitCodes.verification : exitCodes.ok);
}

/** All words are looked up before anything is removed. */
async function remove(cache: Cache, which: readonly string[] | null, output: Output): Promise<ExitCode> {
  const all = cache.list();
  const meant = new Set<CacheEntry>(which === null ? all : []);
  for (const word of which ?? []) {
    const found = all.filter(({ key, url, finalUrl }) => url === word || finalUrl === word || key.startsWith(word));
    if (found.length === 0) return output.endWithUsageError({ kind: 'not-cached', word });
    for (const entry of found) meant.add(entry);
  }
  for (const entry of meant) await cache.remove(entry);
  tellRemoved([...meant], output);
  return output.end(exitCodes.ok);
}

const keyColumns = 12;

function tell(entries: readonly CacheEntry[], output: Output): void {
  for (const entry of entries) {
    output.tell({ kind: 'cached', entry });
    const used = new Date(entry.usedAtMs).toISOString().slice(0, 10);
    const size = formatBytes(entry.sizeBytes).padStart(10);
    output.say(`${entry.key.slice(0, keyColumns)}  ${size}  used ${used}  ${cleanText(entry.url)}`);
  }
  const totalBytes = entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  output.hint(`${entries.length} kept, ${formatBytes(totalBytes)} together.`);
}

function tellRemoved(entries: readonly CacheEntry[], output: Output): void {
  for (const { key, url } of entries) {
    output.tell({ kind: 'removed', id: key });
    output.say(`removed  ${cleanText(url)}`);
  }
}
