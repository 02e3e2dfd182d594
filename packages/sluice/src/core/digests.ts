/** Digests of what a download brought. */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** Names as in `checksum`. */
export type DigestAlgorithm = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512';

export const digestAlgorithms: readonly DigestAlgorithm[] = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'];

/** By algorithm, in lower-case hex; those alone that were asked for. */
export type Digests = Readonly<Partial<Record<DigestAlgorithm, string>>>;

/** Computes several digests in one pass. */
export class Digester {
  readonly #hashes: readonly (readonly [DigestAlgorithm, Hash])[];

  constructor(algorithms: readonly DigestAlgorithm[]) {
    this.#hashes = algorithms.map((algorithm) => [algorithm, createHash(algorithm)]);
  }

  update(bytes: Uint8Array): void {
    for (const [, hash] of this.#hashes) hash.update(bytes);
  }

  /** Once. */
  finish(): Digests {
    return Object.fromEntries(this.#hashes.map(([algorithm, hash]) => [algorithm, hash.digest('hex')]));
  }
}

/**
 * Of a file; it is read once, and only for what is not known yet.
 * @param known what was compared on the way, such as `sha-256` with its hex
 * @throws the system's error, `signal.reason`
 */
export async function digestsOfFile(
  path: string,
  algorithms: readonly DigestAlgorithm[],
  options: {
    readonly known: { readonly algorithm: string; readonly hex: string } | null;
    readonly signal: AbortSignal;
  },
): Promise<Digests> {
  const { known, signal } = options;
  const knownName = known?.algorithm.replace('-', '');
  const ready = known === null ? [] : algorithms.filter((name) => name === knownName).map((name) => [name, known.hex]);
  const missing = algorithms.filter((name) => name !== knownName);
  const digester = new Digester(missing);
  if (missing.length > 0) {
    await pipeline(
      createReadStream(path, { highWaterMark: 1024 * 1024 }),
      async (source: AsyncIterable<Uint8Array>) => {
        for await (const bytes of source) digester.update(bytes);
      },
      { signal },
    );
  }
  return { ...digester.finish(), ...(Object.fromEntries(ready) as Digests) };
}
