/** Hands a sequence to its reader: as an async iterator, or piece by piece to a function. */
import type { Sequence } from '@sluice/engine';
import type { Caller } from '../caller.ts';
import type { Digester } from '../digests.ts';
import { optionError } from '../options/option-error.ts';
import type { ChunksResult, StreamResult } from '../results.ts';
import { StreamReader } from './stream-reader.ts';
import { responseFacts } from './to-memory.ts';
import type { Reading } from './reading.ts';

export function toStream(sequence: Sequence, reading: Reading): StreamResult {
  const reader = new StreamReader(sequence, reading);
  let isTaken = false;
  const facts = responseFacts(sequence);
  return {
    kind: 'stream',
    ...facts,
    totalBytes: sequence.head.lengthBytes,
    get digests() {
      return reader.digests;
    },
    cancel: (reason?: unknown) => reader.cancel(reason),
    [Symbol.asyncDispose]: () => reader.cancel(),
    [Symbol.asyncIterator]() {
      if (isTaken) throw optionError('stream', 'a stream can be read once');
      isTaken = true;
      return reader;
    },
  };
}

export async function toChunks(
  sequence: Sequence,
  onChunk: (chunk: Uint8Array<ArrayBuffer>) => unknown,
  { caller, digester }: { readonly caller: Caller; readonly digester: Digester },
): Promise<ChunksResult> {
  let sizeBytes = 0;
  try {
    for (let chunk = await sequence.next(); chunk !== null; chunk = await sequence.next()) {
      const piece = chunk;
      sizeBytes += piece.length;
      digester.update(piece);
      await caller.ask(() => onChunk(piece));
    }
  } catch (error) {
    await sequence.cancel(error);
    throw error;
  }
  return { kind: 'chunks', ...responseFacts(sequence), sizeBytes, digests: digester.finish() };
}
