/** Finds out wrong use of `one`, `swarm` and `each` before anything is asked of a server. */
import { describe, optionError, readOptions } from '../core/options/option-error.ts';
import { mergeHeaders } from '../request/read-headers.ts';
import { passedOptions } from './fetch-by.ts';
import type { BulkOptions } from './options.ts';

const known: readonly string[] = [
  ...passedOptions,
  'urlOf',
  'requestStrategy',
  'downloadStrategy',
  'onProgress',
  'progressEveryMs',
  'signal',
];

/** What people look for here, and where it is. */
const elsewhere: Readonly<Record<string, string>> = {
  cache: 'a round keeps files, not entries of a cache: download takes one for each call',
  concurrency: 'it is a rule of requestStrategy',
  maxAttempts: 'it is a rule of requestStrategy',
  timeoutMs: 'it is a rule of requestStrategy',
  home: 'it is a rule of downloadStrategy',
  folder: 'downloadStrategy.home is where the files go',
  file: 'downloadStrategy.pathOf, or path in an item, is where a file goes',
};

/** @throws SluiceError `request-invalid` (facts: `name`: `items`) */
export function checkItems(items: unknown): void {
  if (typeof items === 'object' && items !== null && Object.prototype.toString.call(items) !== '[object String]') {
    const given: Readonly<Record<symbol, unknown>> = items as never;
    if (typeof given[Symbol.asyncIterator] === 'function' || typeof given[Symbol.iterator] === 'function') return;
  }
  const hint = typeof items === 'string' ? ': for a single link there is one()' : '';
  throw optionError('items', `items must be a list or another iterable of requests, not ${describe(items)}${hint}`);
}

/** @throws SluiceError `request-invalid` (facts: `name`, the option) */
export function checkedBulkOptions<Item>(given: BulkOptions<Item>): BulkOptions<Item> {
  for (const [name, where] of Object.entries(elsewhere)) {
    if (isGiven(given, name)) throw optionError(name, `there is no option called ${name} in options: ${where}`);
  }
  const options = readOptions(given, 'options', known);
  const { urlOf, onProgress, signal, progressEveryMs = 0 } = options;
  for (const [name, value] of Object.entries({ urlOf, onProgress })) {
    if (value !== undefined && typeof value !== 'function') throw optionError(name, `${name} must be a function`);
  }
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw optionError('signal', 'signal must be an AbortSignal');
  if (typeof progressEveryMs !== 'number' || !(progressEveryMs >= 0))
    throw optionError('progressEveryMs', 'progressEveryMs must be a number, 0 or more');
  if (options.headers !== undefined && 'range' in mergeHeaders(options.headers))
    throw optionError(
      'headers.range',
      'a round fetches whole files, and resumes by itself: leave out the Range header',
    );
  return options;
}

function isGiven(given: unknown, name: string): boolean {
  return typeof given === 'object' && given !== null && Reflect.get(given, name) !== undefined;
}
