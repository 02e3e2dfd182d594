/** Carries out `sluice cache`: looks after a folder in which Node programs keep what they fetched. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Cache, type CacheEntry } from '@sluice/sluice/source';
import type { CacheAction, CacheRequest } from './request.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { Voice } from '../list/voice.ts';
import type { Surroundings } from '../../surroundings.ts';
import { formatBytes } from '../../terminal/amounts.ts';
import { cleanText } from '../../terminal/clean-text.ts';

export async function runCache(
  { folder, output, action }: CacheRequest,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const voice = new Voice(surroundings, output);
  // Opening one makes one, and a folder of other things must not become a cache by a typing mistake.
  if (!existsSync(join(folder, 'index.sqlite'))) return voice.endWithMistake({ kind: 'no-cache', folder });
  try {
    using cache = await Cache.open(folder);
    return await carryOut(cache, action, { voice, interrupted: surroundings.interrupted });
  } catch (error) {
    if (surroundings.interrupted.aborted) return voice.end(exitCodes.interrupted);
    return voice.endWithError(error);
  }
}

interface Speaking {
  readonly voice: Voice;
  readonly interrupted: AbortSignal;
}

async function carryOut(cache: Cache, action: CacheAction, { voice, interrupted }: Speaking): Promise<ExitCode> {
  switch (action.kind) {
    case 'list':
      tell(cache.list(), voice);
      return voice.end(exitCodes.ok);
    case 'prune': {
      const { removed, leftoverCount } = cache.prune({
        ...(action.unusedForMs === null ? {} : { unusedForMs: action.unusedForMs }),
        ...(action.maxBytes === null ? {} : { maxBytes: action.maxBytes }),
      });
      tellRemoved(removed, voice);
      if (leftoverCount > 0) voice.say(`cleared ${leftoverCount} that nothing needed`);
      return voice.end(exitCodes.ok);
    }
    case 'verify':
      return verify(cache, action.removes, { voice, interrupted });
    case 'remove':
      return remove(cache, action.which, voice);
    default:
      return action satisfies never;
  }
}

async function verify(cache: Cache, removes: boolean, { voice, interrupted }: Speaking): Promise<ExitCode> {
  const verified = await cache.verify(interrupted);
  for (const { entry, state } of verified) {
    voice.tell({ kind: 'verified', entry, state });
    if (state === 'sound') voice.say(`sound    ${cleanText(entry.url)}`);
    else voice.complain(`${state}: ${cleanText(entry.url)}`);
  }
  const unsound = verified.filter(({ state }) => state !== 'sound');
  if (removes) for (const { entry } of unsound) await cache.remove(entry);
  else if (unsound.length > 0) voice.hint('Remove them with --remove; they are fetched again when they are needed.');
  return voice.end(unsound.length > 0 && !removes ? exitCodes.verification : exitCodes.ok);
}

/** All words are looked up before anything is removed. */
async function remove(cache: Cache, which: readonly string[] | null, voice: Voice): Promise<ExitCode> {
  const all = cache.list();
  const meant = new Set<CacheEntry>(which === null ? all : []);
  for (const word of which ?? []) {
    const found = all.filter(({ key, url, finalUrl }) => url === word || finalUrl === word || key.startsWith(word));
    if (found.length === 0) return voice.endWithMistake({ kind: 'not-cached', word });
    for (const entry of found) meant.add(entry);
  }
  for (const entry of meant) await cache.remove(entry);
  tellRemoved([...meant], voice);
  return voice.end(exitCodes.ok);
}

const keyColumns = 12;

function tell(entries: readonly CacheEntry[], voice: Voice): void {
  for (const entry of entries) {
    voice.tell({ kind: 'cached', entry });
    const used = new Date(entry.usedAtMs).toISOString().slice(0, 10);
    const size = formatBytes(entry.sizeBytes).padStart(10);
    voice.say(`${entry.key.slice(0, keyColumns)}  ${size}  used ${used}  ${cleanText(entry.url)}`);
  }
  const totalBytes = entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  voice.hint(`${entries.length} kept, ${formatBytes(totalBytes)} together.`);
}

function tellRemoved(entries: readonly CacheEntry[], voice: Voice): void {
  for (const { key, url } of entries) {
    voice.tell({ kind: 'removed', id: key });
    voice.say(`removed  ${cleanText(url)}`);
  }
}
