/** Hands a sequence to its reader: as an async iterator, or piece by piece to a function. */
import type { Sequence } from '@sluice/engine';
import { DownloadInterrupt } from './download-interrupt.ts';
import type { ChunksResult, StreamResult } from './results.ts';
import { mistake } from './check-options.ts';
import { responseFacts } from './to-memory.ts';

/** What goes with the reading: how a failure is told, and what is to happen after the last byte. */
export interface Reading {
  readonly explain: (error: unknown) => unknown;
  readonly finished: (isDone: boolean) => Promise<void>;
}

export function toStream(sequence: Sequence, reading: Reading): StreamResult {
  let isTaken = false;
  return {
    kind: 'stream',
    ...responseFacts(sequence),
    totalBytes: sequence.head.lengthBytes,
    [Symbol.asyncIterator]() {
      if (isTaken) throw mistake('stream', 'a stream can be read once');
      isTaken = true;
      return read(sequence, reading);
    },
  };
}

async function* read(sequence: Sequence, reading: Reading): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  let isDone = false;
  try {
    for (let chunk = await sequence.next(); chunk !== null; chunk = await sequence.next()) yield chunk;
    isDone = true;
  } catch (error) {
    throw reading.explain(error);
  } finally {
    // A reader that leaves early gives up what it has not read.
    if (!isDone) await sequence.cancel(new DownloadInterrupt('the reader left'));
    await reading.finished(isDone);
  }
}

export async function toChunks(
  sequence: Sequence,
  onChunk: (chunk: Uint8Array<ArrayBuffer>) => unknown,
): Promise<ChunksResult> {
  let sizeBytes = 0;
  try {
    for (let chunk = await sequence.next(); chunk !== null; chunk = await sequence.next()) {
      sizeBytes += chunk.length;
      await onChunk(chunk);
    }
  } catch (error) {
    await sequence.cancel(error);
    throw error;
  }
  return { kind: 'chunks', ...responseFacts(sequence), sizeBytes };
}
