/** Names and values of queries and forms: reads the ways to write them down, and puts them into a normal order. */
import type { Fields, QueryValue } from './description.ts';

export type Pair = [name: string, value: string];

/** In the order in which they were given; a list repeats its name. */
export function pairsOf(fields: Fields): readonly Pair[] {
  if (fields instanceof URLSearchParams) return [...fields];
  if (isPairs(fields)) return fields.map(([name, value]): Pair => [name, String(value)]);
  return Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : valuesOf(value).map((one): Pair => [name, String(one)]),
  );
}

/** Sorted by name; values that share a name keep their order, which servers may go by. */
export function inNormalOrder(pairs: Iterable<Pair>): readonly Pair[] {
  return [...pairs].toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
}

function isPairs(fields: Fields): fields is readonly (readonly [string, QueryValue])[] {
  return Array.isArray(fields);
}

function valuesOf(value: QueryValue | readonly QueryValue[]): readonly QueryValue[] {
  return typeof value === 'object' ? value : [value];
}
