/** Reads a short range of a link into memory, where it is compared with what another link says. */
import { SluiceError } from '../../errors.ts';
import type { ByteRange } from '../../plan/ranges/range.ts';
import type { Resource } from '../../plan/response/resource.ts';
import type { BodySink, SinkAnswer } from '../../ports/http.ts';
import { openResponse, type RequestBase } from '../request/open-response.ts';
import { refusalError } from '../request/refusal-error.ts';
import type { RunPorts } from '../run/run-context.ts';

export interface RangeReadOptions {
  readonly request: RequestBase;
  readonly url: string;
  readonly known: Resource;
  readonly range: ByteRange;
}

/** @throws SluiceError what kept the range, all of it and of the known version, from coming */
export async function readRange(
  ports: Pick<RunPorts, 'http' | 'clock'>,
  options: RangeReadOptions,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { request, url, known, range } = options;
  const opened = await openResponse(ports, request, { ask: { url, range, known }, signal });
  const { verdict, response } = opened;
  try {
    if (verdict.kind === 'whole') throw new SluiceError('range-ignored', 'the whole file came where a range was asked');
    if (verdict.kind !== 'part') throw refusalError(opened);
    const sink = new MemorySink(range.end - range.start);
    await response.body.pipeTo(sink, signal);
    if (!sink.isFull) throw new SluiceError('body-short', 'less came than was asked');
    return sink.bytes;
  } catch (error) {
    response.body.discard();
    throw error;
  }
}

class MemorySink implements BodySink {
  readonly bytes: Uint8Array;
  readonly #beyond = new Uint8Array(1);
  #filled = 0;

  constructor(sizeBytes: number) {
    this.bytes = new Uint8Array(sizeBytes);
  }

  get isFull(): boolean {
    return this.#filled === this.bytes.length;
  }

  space(): Uint8Array {
    return this.isFull ? this.#beyond : this.bytes.subarray(this.#filled);
  }

  advance(lengthBytes: number): SinkAnswer {
    // A body that goes on is judged by its length elsewhere; here only its first bytes count.
    if (this.isFull) return 'enough';
    this.#filled += lengthBytes;
    return 'more';
  }
}
