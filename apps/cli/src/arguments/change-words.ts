/** Turns the words of `sluice set` into what is to hold from now on. */
import type { Priority } from '@sluice/contract';
import type { Changes } from '../commands/list/run-set.ts';
import { readLinkWords } from './link-words.ts';
import { mistaken, type Parsed } from './mistake.ts';

/** As commander hands them over; a priority has been checked by it. */
export interface ChangeWords {
  readonly queue?: string;
  readonly priority?: Priority;
  readonly connections?: string;
  readonly maxDownloadLimit?: string;
  readonly retries?: string;
}

/** Takes back what a download was told of its own. */
const asSettings = 'settings';

export function readChanges(words: ChangeWords): Parsed<Changes> {
  const { queue, priority, connections, maxDownloadLimit, retries } = words;
  const limits = readLinkWords(
    {
      ...(connections === undefined ? {} : { connections }),
      ...(maxDownloadLimit === undefined ? {} : { maxDownloadLimit }),
      ...(retries === undefined || retries === asSettings ? {} : { retries }),
    },
    { workingFolder: '/', readText: () => '' },
  );
  if (limits.kind === 'mistake') return limits;
  const { maxConnections, speedLimitBytesPerSecond } = limits.value;
  const maxAttempts = retries === asSettings ? null : limits.value.maxAttempts;
  const changes: Changes = {
    ...(queue === undefined ? {} : { queue }),
    ...(priority === undefined ? {} : { priority }),
    ...(maxConnections === undefined ? {} : { maxConnections }),
    ...(speedLimitBytesPerSecond === undefined ? {} : { speedLimitBytesPerSecond }),
    ...(maxAttempts === undefined ? {} : { maxAttempts }),
  };
  return Object.keys(changes).length === 0 ? mistaken({ kind: 'nothing-to-set' }) : { kind: 'ok', value: changes };
}
