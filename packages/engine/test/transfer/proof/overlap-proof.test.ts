import { describe, expect, it } from 'vitest';
import type { OpenFile } from '../../../src/ports/files.ts';
import type { BodySink } from '../../../src/ports/http.ts';
import { OverlapProof } from '../../../src/transfer/proof/overlap-proof.ts';

const onDisk = new Uint8Array(300_000).map((_byte, index) => index * 7);
const partial: Pick<OpenFile, 'read'> = {
  read: async (into: Uint8Array, position: number) => {
    const bytes = onDisk.subarray(position, position + into.length);
    into.set(bytes);
    return bytes.length;
  },
};

function collector(): BodySink & { readonly bytes: number[] } {
  const buffer = new Uint8Array(1000);
  const bytes: number[] = [];
  return {
    bytes,
    space: () => buffer,
    advance(lengthBytes) {
      bytes.push(...buffer.subarray(0, lengthBytes));
      return 'more';
    },
  };
}

async function pour(sink: BodySink, source: Uint8Array, readBytes: number): Promise<void> {
  for (let offset = 0; offset < source.length;) {
    const space = sink.space();
    const take = Math.min(space.length, readBytes, source.length - offset);
    space.set(source.subarray(offset, offset + take));
    offset += take;
    await sink.advance(take);
  }
}

describe('OverlapProof', () => {
  it.each([1, 999, 65_536, 200_000])('hands on what follows equal bytes, in reads of %i', async (readBytes) => {
    const rest = collector();
    const proof = new OverlapProof(partial, rest, { from: 1000, until: 150_000 });
    await pour(proof, onDisk.subarray(1000, 151_234), readBytes === 1 ? 37 : readBytes);
    expect(proof.proved).toBe(true);
    expect(Uint8Array.from(rest.bytes)).toEqual(onDisk.subarray(150_000, 151_234));
  });

  it.each([1000, 70_000, 149_999])('F03 F10 refuses when byte %i differs, and hands nothing on', async (at) => {
    const rest = collector();
    const proof = new OverlapProof(partial, rest, { from: 1000, until: 150_000 });
    const other = onDisk.slice(1000, 151_000);
    other[at - 1000] = (other[at - 1000] ?? 0) ^ 1;
    await expect(pour(proof, other, 4096)).rejects.toMatchObject({ code: 'resource-changed' });
    expect(rest.bytes).toEqual([]);
  });
});
