/** The ways to hold a body that is sent without being gathered in memory. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { SluiceError } from '@sluice/contract';
import type { BodySource } from '@sluice/engine';
import type { UploadStream } from './description.ts';

export function bytesSource(bytes: Uint8Array): BodySource {
  return { lengthBytes: bytes.length, isRepeatable: true, open: () => piecesOf(bytes) };
}

export function blobSource(blob: Blob): BodySource {
  return { lengthBytes: blob.size, isRepeatable: true, open: () => blob.stream() };
}

/** SHA-256 in hex, without holding all of it: it may lie on a disk. */
export async function hashOfBlob(blob: Blob): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of blobSource(blob).open()) hash.update(piece);
  return hash.digest('hex');
}

export interface FileSource extends BodySource {
  /** Differs when the file has changed. */
  readonly identity: string;
}

/** @throws SluiceError `request-invalid` (facts: `name`) for what is no file that can be read */
export async function fileSource(path: string, name: string): Promise<FileSource> {
  const facts = await stat(path).catch((error: unknown) => {
    throw new SluiceError('request-invalid', `cannot read the file in ${name}`, { facts: { name }, cause: error });
  });
  if (!facts.isFile()) throw new SluiceError('request-invalid', `no file in ${name}`, { facts: { name } });
  return {
    lengthBytes: facts.size,
    isRepeatable: true,
    identity: JSON.stringify([path, facts.size, facts.mtimeMs, facts.ino]),
    open: () => createReadStream(path),
  };
}

const spent = new WeakSet<object>();

/** @throws SluiceError `request-invalid` (facts: `name`) for a size that is none */
export function streamSource({ stream, sizeBytes }: UploadStream, name: string): BodySource {
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0) {
    throw new SluiceError('request-invalid', 'a stream wants its size in sizeBytes', { facts: { name } });
  }
  return {
    lengthBytes: sizeBytes,
    isRepeatable: false,
    open() {
      if (spent.has(stream))
        throw new SluiceError('request-invalid', 'the stream was sent before', { facts: { name } });
      spent.add(stream);
      return stream;
    },
  };
}

/** One after the other. */
export function joinSources(sources: readonly BodySource[]): BodySource {
  return {
    lengthBytes: sources.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0),
    isRepeatable: sources.every(({ isRepeatable }) => isRepeatable),
    async *open() {
      for (const source of sources) yield* source.open();
    },
  };
}

/** Sent piece by piece: a system's socket need not take up all of it at once. */
const pieceBytes = 256 * 1024;

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  for (let start = 0; start < bytes.length; start += pieceBytes) yield bytes.subarray(start, start + pieceBytes);
}
