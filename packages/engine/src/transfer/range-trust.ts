/** What the hosts of one run have shown of their ranged answers: a right head does not make a body right. */
import type { SegmentWriter } from './segment-writer.ts';

type Written = Pick<SegmentWriter, 'start' | 'position'>;

/**
 * A host is proved by one ranged answer whose bytes equalled those on disk, away from the file's beginning. Nothing of
 * its ranged answers is written before. One that brought other bytes is asked for no range any more in this run.
 */
export class RangeTrust {
  readonly #onLie: (host: string) => void;
  readonly #proved = new Set<string>();
  readonly #lying = new Set<string>();
  readonly #proofs = new Map<string, Promise<unknown>>();
  #written: Written[] = [];

  constructor(onLie: (host: string) => void = () => {}) {
    this.#onLie = onLie;
  }

  isProved(url: string): boolean {
    return this.#proved.has(hostOf(url)) && !this.isLying(url);
  }

  isLying(url: string): boolean {
    return this.#lying.has(hostOf(url));
  }

  /** Some host has lied, and of bytes that came by ranges some are on disk. */
  get mustForget(): boolean {
    return this.#lying.size > 0 && this.#written.some(({ start, position }) => position > start);
  }

  prove(url: string): void {
    this.#proved.add(hostOf(url));
  }

  lie(url: string): void {
    const host = hostOf(url);
    if (this.#lying.has(host)) return;
    this.#lying.add(host);
    this.#onLie(host);
  }

  /** Settles when the proof that is under way has been given or not; null without one. */
  underWay(url: string): Promise<unknown> | null {
    return this.#proofs.get(hostOf(url)) ?? null;
  }

  /** Others that ask this host wait for the proof, and for no more than one. */
  async during(url: string, proof: Promise<void>): Promise<void> {
    const host = hostOf(url);
    const settled = proof.catch(() => {});
    this.#proofs.set(host, settled);
    try {
      await proof;
    } finally {
      if (this.#proofs.get(host) === settled) this.#proofs.delete(host);
    }
  }

  /** From now on this writer puts bytes of a ranged answer to the disk. */
  note(writer: Written): void {
    this.#written.push(writer);
  }

  /** What ranged answers of this run have brought. Not told again. */
  takeWritten(): { readonly start: number; readonly end: number }[] {
    const written = this.#written.map(({ start, position }) => ({ start, end: position }));
    this.#written = [];
    return written.filter(({ start, end }) => end > start);
  }

  /** The file is another one now: bytes that differed were no lie. */
  forgive(): void {
    this.#lying.clear();
    this.#proved.clear();
    this.#written = [];
  }
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}
