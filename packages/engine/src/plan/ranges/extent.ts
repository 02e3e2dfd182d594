/**
 * A run of bytes on disk and the CRC-32 of exactly those bytes. Written by one segment, never across a block
 * boundary, so that damage is found and fetched again block by block. The CRC guards against torn and lost
 * writes, not against an adversary.
 */
export interface Extent {
  readonly start: number;
  readonly end: number;
  readonly crc32: number;
}

/** Extents end at multiples of this; a doubtful extent costs at most this much to fetch again. */
export const blockBytes = 1024 * 1024;
