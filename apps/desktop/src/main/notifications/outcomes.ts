/** Says which downloads came to an end between two states of the list, and how that is announced. Pure. */
import type { DownloadId, DownloadView } from '@sluice/contract';
import { text } from '../text.ts';

export interface Outcome {
  readonly id: DownloadId;
  readonly name: string;
  readonly kind: 'finished' | 'failed';
}

/** Only a change is an outcome: a download that was over before is not announced again. */
export function outcomeOf(before: DownloadView | undefined, after: DownloadView): Outcome | null {
  const { kind } = after.state;
  if ((kind !== 'finished' && kind !== 'failed') || before === undefined || before.state.kind === kind) return null;
  return { id: after.id, name: after.name, kind };
}

export interface Announcement {
  readonly title: string;
  readonly body: string;
}

/** More than this many of a kind are told as one. */
const singly = 3;

const longestName = 120;

function shorten(name: string): string {
  return name.length <= longestName ? name : `${name.slice(0, longestName - 1)}…`;
}

function announceKind(
  outcomes: readonly Outcome[],
  one: string,
  many: (count: number) => string,
): readonly Announcement[] {
  if (outcomes.length <= singly) return outcomes.map(({ name }) => ({ title: one, body: shorten(name) }));
  const names = outcomes.slice(0, singly).map(({ name }) => shorten(name));
  return [{ title: many(outcomes.length), body: `${names.join('\n')}\n…` }];
}

export function announcements(outcomes: readonly Outcome[]): readonly Announcement[] {
  const finished = outcomes.filter(({ kind }) => kind === 'finished');
  const failed = outcomes.filter(({ kind }) => kind === 'failed');
  return [
    ...announceKind(finished, text.finished, text.finishedMany),
    ...announceKind(failed, text.failed, text.failedMany),
  ];
}
