/** The one place where half-open ranges meet HTTP's inclusive ones. */
import { SluiceError } from '../../errors.ts';
import { trimOptionalSpace } from '../ranges/trim.ts';

export type ContentRange =
  | { readonly kind: 'range'; readonly start: number; readonly end: number; readonly totalBytes: number | null }
  | { readonly kind: 'unsatisfied'; readonly totalBytes: number | null };

/**
 * The Range field for `[start, end)`, or for everything from `start` when `end` is null (RFC 9110 section 14.2).
 * @throws SluiceError `internal` for an empty or impossible range, which HTTP cannot ask for
 */
export function formatRangeHeader(start: number, end: number | null): string {
  const possible =
    Number.isSafeInteger(start) && start >= 0 && (end === null || (Number.isSafeInteger(end) && end > start));
  if (!possible) throw new SluiceError('internal', `no Range field can ask for [${start}, ${end})`);
  return end === null ? `bytes=${start}-` : `bytes=${start}-${end - 1}`;
}

const contentRange = /^bytes[ \t]+(?:(\d{1,16})-(\d{1,16})|\*)\/(\d{1,16}|\*)$/i;

/**
 * Reads a Content-Range field (RFC 9110 section 14.4). Null for anything the grammar does not allow, for ranges
 * that contradict themselves and for numbers beyond what a JavaScript number holds exactly.
 */
export function parseContentRange(value: string): ContentRange | null {
  const match = contentRange.exec(trimOptionalSpace(value));
  if (match === null) return null;
  const [, first, last, total] = match;
  const totalBytes = total === undefined || total === '*' ? null : Number(total);
  if (totalBytes !== null && !Number.isSafeInteger(totalBytes)) return null;
  if (first === undefined || last === undefined) return { kind: 'unsatisfied', totalBytes };
  const start = Number(first);
  const end = Number(last) + 1;
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || end <= start) return null;
  if (totalBytes !== null && end > totalBytes) return null;
  return { kind: 'range', start, end, totalBytes };
}

/**
 * Whether a Content-Range says that the body is less than the whole: it has a beginning before it or, where the
 * length is stated, an end behind it.
 */
export function namesRealPart(range: ContentRange | null): boolean {
  return range?.kind === 'range' && (range.start > 0 || (range.totalBytes !== null && range.end < range.totalBytes));
}

/** The length that even a Content-Range outside the grammar states, as `bytes 0-100/100` does; null when it states none. */
export function statedTotal(value: string): number | null {
  const digits = /\/[ \t]*(\d{1,15})[ \t]*$/.exec(value)?.[1];
  return digits === undefined ? null : Number(digits);
}
