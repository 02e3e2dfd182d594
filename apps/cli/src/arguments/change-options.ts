/** Turns the words of `sluice set` into what is to hold from now on. */
import type { Priority } from '@sluice/contract';
import type { Changes } from '../commands/list/run-set.ts';
import { readLinkOptions } from './link-options.ts';
import { wrongUsage, type Parsed } from './usage-error.ts';

/** As commander hands them over; a priority has been checked by it. */
export interface RawChangeOptions {
  readonly queue?: string;
  readonly priority?: Priority;
  readonly connections?: string;
  readonly maxDownloadLimit?: string;
  readonly retries?: string;
}

/** Takes back what a download was told of its own. */
const asSettings = 'settings';

export function readChanges(raw: RawChangeOptions): Parsed<Changes> {
  const { queue, priority, connections, maxDownloadLimit, retries } = raw;
  const limits = readLinkOptions(
    {
      ...(connections === undefined ? {} : { connections }),
      ...(maxDownloadLimit === undefined ? {} : { maxDownloadLimit }),
      ...(retries === undefined || retries === asSettings ? {} : { retries }),
    },
    { workingFolder: '/', readText: () => '' },
  );
  if (limits.kind === 'usage-error') return limits;
  const { maxConnections, speedLimitBytesPerSecond } = limits.value;
  const maxAttempts = retries === asSettings ? null : limits.value.maxAttempts;
  const changes: Changes = {
    ...(queue === undefined ? {} : { queue }),
    ...(priority === undefined ? {} : { priority }),
    ...(maxConnections === undefined ? {} : { maxConnections }),
    ...(speedLimitBytesPerSecond === undefined ? {} : { speedLimitBytesPerSecond }),
    ...(maxAttempts === undefined ? {} : { maxAttempts }),
  };
  return Object.keys(changes).length === 0 ? wrongUsage({ kind: 'nothing-to-set' }) : { kind: 'ok', value: changes };
}
