/** Turns the words of `sluice queue` into a request that has been checked, or says what is wrong with them. */
import type { QueueChange } from '@sluice/contract';
import type { ListRequest } from '../list/with-list.ts';
import { type RawListOptions, readListRequest } from '../list/request.ts';
import { type Parsed, wrongUsage } from '../../arguments/usage-error.ts';
import { parseRate } from '../../arguments/parse-rate.ts';
import { readSchedule } from '../../arguments/schedule-text.ts';
import { parseWholeNumber } from '../../arguments/whole-number.ts';

export interface RawQueueOptions extends RawListOptions {
  readonly name?: string;
  readonly maxRunning?: string;
  readonly limitRate?: string;
  /** Windows separated by semicolons. */
  readonly hours?: string;
}

export type QueueAction =
  | { readonly kind: 'list' }
  | { readonly kind: 'add'; readonly change: QueueChange & { readonly name: string } }
  /** `queue`: a name or an id. */
  | { readonly kind: 'change'; readonly queue: string; readonly change: QueueChange }
  | { readonly kind: 'remove'; readonly queue: string };

export type QueueRequest = ListRequest & { readonly action: QueueAction };

/** What the contract allows. */
const mostRunning = 64;
const longestName = 100;

export function readQueueAdd(name: string, raw: RawQueueOptions, workingFolder: string): Parsed<QueueRequest> {
  if (!isName(name)) return wrongUsage({ kind: 'queue-name', text: name });
  const change = readChange(raw);
  if (change.kind === 'usage-error') return change;
  return ok({ kind: 'add', change: { ...change.value, name } }, raw, workingFolder);
}

export function readQueueSet(queue: string, raw: RawQueueOptions, workingFolder: string): Parsed<QueueRequest> {
  if (raw.name !== undefined && !isName(raw.name)) return wrongUsage({ kind: 'queue-name', text: raw.name });
  const change = readChange(raw);
  if (change.kind === 'usage-error') return change;
  const named = { ...change.value, ...(raw.name === undefined ? {} : { name: raw.name }) };
  if (Object.keys(named).length === 0) return wrongUsage({ kind: 'nothing-to-set' });
  return ok({ kind: 'change', queue, change: named }, raw, workingFolder);
}

export function readQueueSchedule(
  { queue, windows }: { readonly queue: string; readonly windows: readonly string[] },
  raw: RawQueueOptions,
  workingFolder: string,
): Parsed<QueueRequest> {
  const schedule = readSchedule(windows);
  if (schedule.kind === 'usage-error') return schedule;
  return ok({ kind: 'change', queue, change: { schedule: schedule.value } }, raw, workingFolder);
}

function ok(action: QueueAction, raw: RawQueueOptions, workingFolder: string): Parsed<QueueRequest> {
  return { kind: 'ok', value: { ...readListRequest(raw, workingFolder), action } };
}

function isName(text: string): boolean {
  return text.trim() !== '' && text.length <= longestName;
}

function readChange({ maxRunning, limitRate, hours }: RawQueueOptions): Parsed<QueueChange> {
  const running = maxRunning === undefined ? undefined : parseWholeNumber(maxRunning, [0, mostRunning]);
  if (running === null) {
    return wrongUsage({ kind: 'number', option: '--max-running', text: maxRunning ?? '', least: 0, most: mostRunning });
  }
  const rate = limitRate === undefined ? undefined : parseRate(limitRate);
  if (rate === null) return wrongUsage({ kind: 'rate', option: '--limit-rate', text: limitRate ?? '' });
  const schedule = hours === undefined ? undefined : readSchedule(hours.split(';').map((text) => text.trim()));
  if (schedule?.kind === 'usage-error') return schedule;
  return {
    kind: 'ok',
    value: {
      ...(running === undefined ? {} : { maxRunning: running }),
      ...(rate === undefined ? {} : { speedLimitBytesPerSecond: rate }),
      ...(schedule === undefined ? {} : { schedule: schedule.value }),
    },
  };
}
