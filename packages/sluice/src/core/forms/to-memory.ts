/** Gathers a sequence in memory. */
import { TextDecoder } from 'node:util';
import { SluiceError } from '@sluice/contract';
import { headersByName, type Sequence } from '@sluice/engine';
import type { Digester } from '../digests.ts';
import type { MemoryResult, ResponseFacts } from '../results.ts';

/** @throws SluiceError `file-too-large` beyond `maxBytes`, before reading where the length is known */
export async function toMemory(sequence: Sequence, maxBytes: number, digester: Digester): Promise<MemoryResult> {
  const { lengthBytes } = sequence.head;
  if ((lengthBytes ?? 0) > maxBytes) throw await giveUp(sequence, maxBytes);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let whole = lengthBytes === null ? null : new Uint8Array(lengthBytes);
  let count = 0;
  for (let chunk = await sequence.next(); chunk !== null; chunk = await sequence.next()) {
    if (count + chunk.length > maxBytes) throw await giveUp(sequence, maxBytes);
    digester.update(chunk);
    if (whole === null) chunks.push(chunk);
    else whole.set(chunk, count);
    count += chunk.length;
  }
  whole ??= join(chunks, count);
  return { ...memoryResult(responseFacts(sequence), whole), digests: digester.finish() };
}

export function responseFacts({ head }: Sequence): ResponseFacts {
  return { finalUrl: head.finalUrl, status: head.status, headers: headersByName(head.headers) };
}

export function memoryResult(facts: ResponseFacts, bytes: Uint8Array<ArrayBuffer>): MemoryResult {
  const text = (): string => decoderFor(facts.headers['content-type']).decode(bytes);
  return {
    kind: 'memory',
    ...facts,
    bytes,
    sizeBytes: bytes.length,
    digests: {},
    text,
    json: (): unknown => JSON.parse(text()),
  };
}

function join(chunks: readonly Uint8Array[], lengthBytes: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(lengthBytes);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function decoderFor(contentType: string | undefined): TextDecoder {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/iu.exec(contentType ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}

export function tooLarge(maxBytes: number): SluiceError {
  return new SluiceError('file-too-large', `more than ${maxBytes} bytes for memory`, { facts: { maxBytes } });
}

async function giveUp(sequence: Sequence, maxBytes: number): Promise<SluiceError> {
  const error = tooLarge(maxBytes);
  await sequence.cancel(error);
  return error;
}
