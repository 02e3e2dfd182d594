/** Kills an engine at a chosen system call that would change the disk, by way of strace. */
import { join } from 'node:path';
import { journalName, partialName } from '../../src/plan/names/file-names.ts';
import { sideName } from '../../src/store/side-names.ts';
import { type ChildLife, type ChildSpec, runChild } from './engine-child.ts';

/** Which of the engine's two memories is written to: the partial with its journal, or the list. */
type Memory = 'bytes' | 'list';

/**
 * The calls by which the engine changes each: a state of the disk between two of these is one that a kill can leave.
 * What SQLite and Node choose among their like is as they do it on Linux today; a test sees that each is still made.
 */
export const changingCalls = {
  bytes: ['pwrite64', 'ftruncate', 'fdatasync', 'link', 'unlink'],
  list: ['pwrite64', 'ftruncate', 'fsync', 'unlink'],
} as const satisfies Record<Memory, readonly string[]>;

export interface KillPoint {
  readonly memory: Memory;
  readonly call: string;
  /** 1 for the first such call. */
  readonly ordinal: number;
}

/** The engine dies as it enters the call, with all before it done; or ends by itself where it makes fewer of them. */
export async function runUntilCall(
  spec: ChildSpec & { readonly fileName: string },
  point: KillPoint,
): Promise<ChildLife> {
  const paths = pathsOf(point.memory, spec).flatMap((path) => ['-P', path]);
  const inject = `inject=${point.call}:signal=KILL:when=${point.ordinal}`;
  const words = ['-f', '-qq', '-o', '/dev/null', ...paths, '-e', `trace=${point.call}`, '-e', inject];
  return runChild(spec, ['strace', ...words]);
}

function pathsOf(memory: Memory, spec: { readonly folder: string; readonly fileName: string }): string[] {
  const { folder, fileName } = spec;
  if (memory === 'list') return ['list.db', 'list.db-wal', 'list.db-journal'].map((name) => join(folder, name));
  const journal = join(folder, journalName(fileName));
  const sides = (['new', 'claim', 'now', 'begin'] as const).map((purpose) => sideName(journal, purpose));
  return [join(folder, fileName), join(folder, partialName(fileName)), journal, ...sides];
}
