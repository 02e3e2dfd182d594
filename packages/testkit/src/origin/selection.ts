/** What an honest server picks for a Range request (RFC 9110 sections 13.1.5 and 14). */
import { type OriginResource, etagOf, lastModifiedOf } from './resource.ts';

export interface SelectedRange {
  readonly start: number;
  readonly end: number;
}

export type Selection =
  | { readonly kind: 'whole' }
  | { readonly kind: 'ranges'; readonly ranges: readonly SelectedRange[] }
  | { readonly kind: 'unsatisfiable' };

export interface RangeReadOptions {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
}

export function selectRanges(options: RangeReadOptions, resource: OriginResource, sizeBytes: number): Selection {
  const range = options.headers['range'];
  if (range === undefined || options.method !== 'GET' || resource.ranges === false) return { kind: 'whole' };
  const condition = options.headers['if-range'];
  if (condition !== undefined && !conditionHolds(condition, resource)) return { kind: 'whole' };
  const specs = /^bytes=(.+)$/.exec(range)?.[1]?.split(',');
  if (specs === undefined) return { kind: 'whole' };
  const ranges: SelectedRange[] = [];
  for (const spec of specs) {
    const match = /^\s*(\d*)-(\d*)\s*$/.exec(spec);
    if (match === null || (match[1] === '' && match[2] === '')) return { kind: 'whole' };
    const selected = resolveSpec(match[1] ?? '', match[2] ?? '', sizeBytes);
    if (selected.start < selected.end) ranges.push(selected);
  }
  return ranges.length === 0 ? { kind: 'unsatisfiable' } : { kind: 'ranges', ranges };
}

function resolveSpec(first: string, last: string, sizeBytes: number): SelectedRange {
  if (first === '') return { start: Math.max(0, sizeBytes - Number(last)), end: sizeBytes };
  return { start: Number(first), end: last === '' ? sizeBytes : Math.min(Number(last) + 1, sizeBytes) };
}

/** If-Range compares strongly: a weak tag never matches. */
function conditionHolds(condition: string, resource: OriginResource): boolean {
  if (condition.startsWith('W/')) return false;
  return condition === (condition.startsWith('"') ? etagOf(resource) : lastModifiedOf(resource));
}
