/** Undoes a Content-Encoding on the way to the disk, for servers that compress although identity was asked. */
import { once } from 'node:events';
import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import { SluiceError } from '../../errors.ts';
import type { Decoding } from '../../plan/response/decoding.ts';
import type { BodySink, HttpBody, SinkAnswer } from '../../ports/http.ts';

const encodedBytes = 64 * 1024;
/** So much may come of any body, however well it is packed. */
const freeBytes = 32 * 1024 * 1024;
/** What files are packed to seldom reaches a hundredth; gzip itself ends at about a thousandth. */
const mostGrowth = 250;

const decoders: Readonly<Record<Decoding, () => Transform>> = {
  gzip: () => createGunzip(),
  deflate: () => createInflate(),
  br: () => createBrotliDecompress(),
  zstd: () => createZstdDecompress(),
};

/** Moves a body to its end, decoded on the way. */
export async function pipeDecoded(
  body: HttpBody,
  to: { readonly decoding: Decoding; readonly rest: BodySink },
  signal: AbortSignal,
): Promise<'end'> {
  const sink = new DecodingSink(to.decoding, to.rest);
  try {
    await body.pipeTo(sink, signal);
    await sink.finish();
    return 'end';
  } finally {
    await sink.abandon();
  }
}

/**
 * Takes the encoded body and hands the decoded one to `rest`. The source is held while decoded bytes are on their
 * way, so that a small body that unpacks to a large file needs no more memory than any other.
 */
class DecodingSink implements BodySink {
  readonly #decoder: Transform;
  readonly #moving: Promise<void>;
  readonly #encoded = new Uint8Array(encodedBytes);
  #takenBytes = 0;
  #givenBytes = 0;
  #failure: Error | null = null;

  constructor(decoding: Decoding, rest: BodySink) {
    this.#decoder = decoders[decoding]();
    this.#moving = moveInto(this.#decoder, (chunk) => this.#put(chunk, rest));
    this.#moving.catch((error: unknown) => {
      this.#failure = error instanceof Error ? error : new SluiceError('internal', String(error));
    });
  }

  space(): Uint8Array {
    return this.#encoded;
  }

  async advance(lengthBytes: number): Promise<SinkAnswer> {
    if (this.#failure !== null) throw this.#failure;
    this.#takenBytes += lengthBytes;
    const hasRoom = this.#decoder.write(Buffer.from(this.#encoded.subarray(0, lengthBytes)));
    if (!hasRoom) await Promise.race([once(this.#decoder, 'drain'), this.#moving]);
    return 'more';
  }

  /** @throws `decompression-bomb` (facts: `takenBytes`, `givenBytes`) before what has grown beyond measure is handed on */
  async #put(chunk: Uint8Array, rest: BodySink): Promise<void> {
    this.#givenBytes += chunk.length;
    if (this.#givenBytes > freeBytes && this.#givenBytes > this.#takenBytes * mostGrowth) {
      const facts = { takenBytes: this.#takenBytes, givenBytes: this.#givenBytes };
      throw new SluiceError('decompression-bomb', 'the encoded body grows beyond measure', { facts });
    }
    await put(chunk, rest);
  }

  /** The encoded body has come to its end. @throws `body-short` when that is not the end of the decoded one */
  async finish(): Promise<void> {
    this.#decoder.end();
    await this.#moving;
  }

  /** The body is given up. */
  async abandon(): Promise<void> {
    this.#decoder.destroy();
    await this.#moving.catch(() => {});
  }
}

async function moveInto(decoder: Transform, give: (chunk: Uint8Array) => Promise<void>): Promise<void> {
  try {
    const chunks: AsyncIterable<Uint8Array> = decoder;
    for await (const chunk of chunks) await give(chunk);
  } catch (error) {
    if (error instanceof SluiceError) throw error;
    throw new SluiceError('body-short', 'the encoded body is cut off or damaged', { cause: error });
  }
}

async function put(chunk: Uint8Array, rest: BodySink): Promise<void> {
  for (let offset = 0; offset < chunk.length;) {
    const space = rest.space();
    const take = Math.min(space.length, chunk.length - offset);
    space.set(chunk.subarray(offset, offset + take));
    offset += take;
    await rest.advance(take);
  }
}
