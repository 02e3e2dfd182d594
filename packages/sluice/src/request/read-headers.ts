/** Reads headers in any of the ways to write them down, into lower-case names in alphabetical order. */
import { describe, optionError } from '../core/options/option-error.ts';
import type { HeadersLike } from './description.ts';

/**
 * A repeated name becomes one line, as RFC 9110 section 5.2 says.
 * @throws SluiceError `request-invalid` (facts: `name`) for what would not be one line, or holds no fields that could be seen
 */
export function readHeaders(headers: HeadersLike): Readonly<Record<string, string>> {
  const lines = new Map<string, string>();
  for (const [name, value] of pairsIn(headers)) {
    const text = textOf(value).trim();
    if (typeof name !== 'string' || !/^[!#$%&'*+.^_`|~\w-]+$/.test(name) || /[\r\n\0]/.test(text)) {
      throw optionError(
        'headers',
        'a header that cannot be sent: its name is not a token, or its value is not one line',
      );
    }
    const key = name.toLowerCase();
    const before = lines.get(key);
    lines.set(key, before === undefined ? text : `${before}${key === 'cookie' ? ';' : ','} ${text}`);
  }
  // Defined, not assigned: a field may be called as something that every object has.
  return Object.fromEntries([...lines].toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** Later fields replace earlier ones of the same name, however it is written. */
export function mergeHeaders(...all: readonly (HeadersLike | undefined)[]): Readonly<Record<string, string>> {
  const fields = all.flatMap((headers) => (headers === undefined ? [] : Object.entries(readHeaders(headers))));
  return Object.fromEntries(fields);
}

function* pairsIn(headers: unknown): Generator<readonly [unknown, unknown], void, undefined> {
  if (typeof headers !== 'object' || headers === null) {
    throw optionError('headers', `headers must be an object, a Headers, a Map or pairs, not ${describe(headers)}`);
  }
  if (isIterable(headers)) {
    for (const pair of headers) {
      if (!Array.isArray(pair) || pair.length !== 2) {
        throw optionError('headers', 'headers in a list must be pairs of a name and a value');
      }
      yield* valuesOf(pair[0], pair[1]);
    }
    return;
  }
  if (!isPlain(headers)) {
    throw optionError(
      'headers',
      'headers must be an object, a Headers, a Map or pairs: of this object no field can be seen',
    );
  }
  for (const [name, value] of Object.entries(headers)) yield* valuesOf(name, value);
}

function* valuesOf(name: unknown, value: unknown): Generator<readonly [unknown, unknown], void, undefined> {
  if (value === undefined) return;
  if (Array.isArray(value)) for (const one of value as readonly unknown[]) yield [name, one];
  else yield [name, value];
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw optionError('headers', `the value of a header must be a text, not ${describe(value)}`);
}

function isIterable(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value && typeof value[Symbol.iterator] === 'function';
}

/** Of this program, or of another realm, as test runners have them. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
