/** Where the bytes of an answer come from: any of them at any time, nothing kept. */
import { fillSeeded } from './seeded.ts';
import type { OriginResource } from './resource.ts';

export interface BodySource {
  readonly lengthBytes: number;
  /** Fills all of `target` with the bytes from `position` on; never asked beyond the length. */
  read(target: Uint8Array, position: number): void;
}

export const emptySource: BodySource = { lengthBytes: 0, read() {} };

export function literalSource(content: string | Uint8Array): BodySource {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    lengthBytes: bytes.length,
    read: (target, position) => target.set(bytes.subarray(position, position + target.length)),
  };
}

export function resourceSource(resource: OriginResource): BodySource {
  if (resource.body !== undefined) return literalSource(resource.body);
  const { seed, sizeBytes } = resource;
  return { lengthBytes: sizeBytes, read: (target, position) => fillSeeded(target, seed, position) };
}

/** The half-open range `[start, end)` of a source; a seeded one may be asked beyond its size. */
export function sliceSource(source: BodySource, start: number, end: number): BodySource {
  return { lengthBytes: end - start, read: (target, position) => source.read(target, start + position) };
}

export function readSource(source: BodySource): Uint8Array {
  const bytes = new Uint8Array(source.lengthBytes);
  source.read(bytes, 0);
  return bytes;
}
