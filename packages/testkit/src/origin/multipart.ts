/** Writes a multipart/byteranges body (RFC 9110 section 14.6). */
import { type BodySource, literalSource, readSource, sliceSource } from './body-source.ts';
import type { SelectedRange } from './selection.ts';

export const multipartBoundary = 'sluice-range-boundary';

export function multipartSource(
  whole: BodySource,
  ranges: readonly SelectedRange[],
  contentType: string | null,
): BodySource {
  const pieces: Uint8Array[] = [];
  for (const { start, end } of ranges) {
    const typeLine = contentType === null ? '' : `Content-Type: ${contentType}\r\n`;
    const rangeLine = `Content-Range: bytes ${start}-${end - 1}/${whole.lengthBytes}\r\n`;
    pieces.push(Buffer.from(`\r\n--${multipartBoundary}\r\n${typeLine}${rangeLine}\r\n`));
    pieces.push(readSource(sliceSource(whole, start, end)));
  }
  pieces.push(Buffer.from(`\r\n--${multipartBoundary}--\r\n`));
  return literalSource(Buffer.concat(pieces));
}
