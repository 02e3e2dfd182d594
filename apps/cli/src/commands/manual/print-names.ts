/** Prints what a shell may offer in the place of a download, a queue or what a cache keeps: a word, a tab and what it is. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Snapshot } from '@sluice/contract';
import { defaultHostFolders } from '@sluice/host';
import { joinHost } from '../list/join-host.ts';
import { idLength } from '../list/select-downloads.ts';
import type { CliContext } from '../../cli-context.ts';
import { cleanText } from '../../terminal/clean-text.ts';
import type { NameKind } from './command-tree.ts';

type Name = readonly [word: string, description: string];

/** Someone waits with a finger on a key. */
const waitMs = 1_500;

/** Says nothing at all where there is no list, or when it cannot be read: a shell would show it amid the line being typed. */
export async function printNames(kind: NameKind, words: readonly string[], context: CliContext): Promise<void> {
  const names = await Promise.race([
    namesOf(kind, words, context.workingFolder).catch(() => []),
    sleep(waitMs, [], { ref: false }),
  ]);
  for (const [word, description] of names) {
    // One that holds a tab or a line break could not be told from two.
    if (word !== '' && cleanText(word) === word) context.out(`${word}\t${cleanText(description)}\n`);
  }
}

async function namesOf(kind: NameKind, words: readonly string[], workingFolder: string): Promise<readonly Name[]> {
  if (kind === 'cached') {
    const folder = words.slice(words.indexOf('remove') + 1).find((word) => !word.startsWith('-'));
    return folder === undefined ? [] : cachedNames(placeOf(folder, workingFolder));
  }
  const given = dataFolderIn(words);
  const dataFolder = given === null ? defaultHostFolders().dataFolder : placeOf(given, workingFolder);
  if (!existsSync(dataFolder)) return [];
  const host = await joinHost({ dataFolder, carriesOut: false });
  try {
    const snapshot = await host.api.snapshot({});
    return kind === 'queues' ? snapshot.queues.map(({ name }): Name => [name, 'queue']) : downloadNames(snapshot);
  } finally {
    await host.close();
  }
}

/** A name that several have would be refused. */
function downloadNames({ downloads }: Snapshot): readonly Name[] {
  const length = idLength(downloads);
  const counts = new Map<string, number>();
  for (const { name } of downloads) counts.set(name, (counts.get(name) ?? 0) + 1);
  return downloads.flatMap(({ id, name, state }): readonly Name[] => [
    [id.slice(0, length), `${name} (${state.kind})`],
    ...(counts.get(name) === 1 ? [[name, state.kind] as const] : []),
  ]);
}

async function cachedNames(folder: string): Promise<readonly Name[]> {
  if (!existsSync(join(folder, 'index.sqlite'))) return [];
  const { Cache } = await import('@sluice/sluice/source');
  using cache = await Cache.open(folder);
  return cache.list().map(({ key, url }): Name => [key.slice(0, 12), url]);
}

/** As typed: bash takes `--data-folder=x` for three words. */
function dataFolderIn(words: readonly string[]): string | null {
  const index = words.findLastIndex((word) => word === '--data-folder' || word.startsWith('--data-folder='));
  const [, joined] = /^--data-folder=(.+)$/.exec(words[index] ?? '') ?? [];
  if (joined !== undefined || index < 0) return joined ?? null;
  return words[words[index + 1] === '=' ? index + 2 : index + 1] ?? null;
}

/** No shell has replaced the tilde yet. */
function placeOf(folder: string, workingFolder: string): string {
  return resolve(workingFolder, folder.replace(/^~(?=\/|$)/, homedir()));
}
