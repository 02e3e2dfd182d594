/** Reads single header fields out of a response, strictly: a field that cannot be parsed counts as not sent. */
import { parseHttpDate } from './http-date.ts';
import { trimOptionalSpace } from '../ranges/trim.ts';

/** Field names lower-case; values as they travel, one char per byte (latin-1). */
export type HeaderLines = readonly (readonly [name: string, value: string])[];

/** The longest Retry-After that is honoured. A longer one counts as this. */
export const maxRetryAfterMs = 60 * 60 * 1000;

/** Every value of a field in the order sent, trimmed. */
export function headerValues(headers: HeaderLines, name: string): string[] {
  const values: string[] = [];
  for (const [field, value] of headers) if (isNamed(field, name)) values.push(trimOptionalSpace(value));
  return values;
}

/** Asked some twenty times for each field of each response, so that lowering its case comes last. */
function isNamed(field: string, name: string): boolean {
  return field === name || (field.length === name.length && field.toLowerCase() === name);
}

/** Every field by its lower-case name; several values of one are joined by `, ` (RFC 9110 section 5.3). */
export function headersByName(headers: HeaderLines): Record<string, string> {
  const byName = new Map<string, string>();
  for (const [field, value] of headers) {
    const name = field.toLowerCase();
    const before = byName.get(name);
    byName.set(name, before === undefined ? trimOptionalSpace(value) : `${before}, ${trimOptionalSpace(value)}`);
  }
  return Object.fromEntries(byName);
}

/** The value of a field that may be sent once; null when absent, empty, or sent with different values. */
export function headerValue(headers: HeaderLines, name: string): string | null {
  let first: string | null = null;
  for (const [field, line] of headers) {
    if (!isNamed(field, name)) continue;
    const value = trimOptionalSpace(line);
    if (first !== null && value !== first) return null;
    first = value;
  }
  return first === '' ? null : first;
}

/** The members of a comma-separated list field, over all its lines, lower-case (for fields of tokens). */
export function headerTokens(headers: HeaderLines, name: string): string[] {
  return headerValues(headers, name)
    .flatMap((value) => value.split(','))
    .map((token) => trimOptionalSpace(token).toLowerCase())
    .filter((token) => token !== '');
}

/**
 * Retry-After in its two forms, seconds and a date (RFC 9110 section 10.2.3).
 * @param nowMs wall clock, for the date form
 * @returns milliseconds from now, 0 for a date gone by, at most {@link maxRetryAfterMs}; null for anything else
 */
export function parseRetryAfter(value: string, nowMs: number): number | null {
  const text = trimOptionalSpace(value);
  const delayMs = /^\d+$/.test(text) ? Number(text) * 1000 : dateDelayMs(text, nowMs);
  return delayMs === null ? null : Math.min(Math.max(0, delayMs), maxRetryAfterMs);
}

function dateDelayMs(text: string, nowMs: number): number | null {
  const atMs = parseHttpDate(text, nowMs);
  return atMs === null ? null : atMs - nowMs;
}
