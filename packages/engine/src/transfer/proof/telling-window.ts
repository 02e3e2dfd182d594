/** Finds bytes on disk that tell of their place: where all are equal, those of any other place would pass for them. */
import type { ByteRange } from '../../plan/ranges/range.ts';
import type { OpenFile } from '../../ports/files.ts';

type Readable = Pick<OpenFile, 'read'>;

/** The number of places that are looked at, backwards from the end. */
const mostSteps = 16;

export interface Window {
  readonly range: ByteRange;
  /** Not all of them are equal, and they are not what the file begins with. */
  readonly tells: boolean;
}

/**
 * The last `sizeBytes` of a stretch on disk, or some before them that tell more.
 * @param stretch at least `sizeBytes` long
 */
export async function tellingWindow(partial: Readable, stretch: ByteRange, sizeBytes: number): Promise<Window> {
  const last = { start: Math.max(stretch.start, stretch.end - sizeBytes), end: stretch.end };
  let range = last;
  for (let step = 0; step < mostSteps; step += 1) {
    if (await tells(partial, range)) return { range, tells: true };
    const start = range.start - sizeBytes;
    if (start < stretch.start) break;
    range = { start, end: range.start };
  }
  return { range: last, tells: false };
}

/** Whether an answer from another place would hardly have the same bytes. */
export async function tells(partial: Readable, { start, end }: ByteRange): Promise<boolean> {
  if (start === 0 || end <= start) return false;
  const bytes = new Uint8Array(end - start);
  const head = new Uint8Array(Math.min(bytes.length, start));
  const [count, headCount] = await Promise.all([partial.read(bytes, start), partial.read(head, 0)]);
  if (count < bytes.length || bytes.every((byte) => byte === bytes[0])) return false;
  return headCount < head.length || Buffer.compare(head, bytes.subarray(0, head.length)) !== 0;
}
