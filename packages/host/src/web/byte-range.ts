/** Reads a Range request header for a file of known size. */

export type RangeAnswer =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly start: number; readonly end: number }
  | { readonly kind: 'unsatisfiable' };

/**
 * One range or the whole file: several ranges and anything malformed are answered whole, as RFC 9110 section 14.2
 * allows. The result is half-open.
 */
export function readRange(header: string | undefined, sizeBytes: number): RangeAnswer {
  const match = /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(header ?? '');
  const [first, last] = [match?.[1] ?? '', match?.[2] ?? ''];
  if (first === '' && last === '') return { kind: 'whole' };
  if (first === '') return part(Math.max(0, sizeBytes - Number(last)), sizeBytes);
  if (last !== '' && Number(last) < Number(first)) return { kind: 'whole' };
  return part(Number(first), last === '' ? sizeBytes : Math.min(sizeBytes, Number(last) + 1));
}

function part(start: number, end: number): RangeAnswer {
  return start < end ? { kind: 'part', start, end } : { kind: 'unsatisfiable' };
}
