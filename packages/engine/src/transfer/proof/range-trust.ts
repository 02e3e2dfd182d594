/** What the hosts of one run have shown of their ranged answers: a right head does not make a body right. */
import type { SegmentWriter } from '../body/segment-writer.ts';

interface Written {
  readonly host: string;
  readonly writer: Pick<SegmentWriter, 'start' | 'position'>;
}

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
  #mustForget = false;

  constructor(onLie: (host: string) => void = () => {}) {
    this.#onLie = onLie;
  }

  isProved(url: string): boolean {
    return this.#proved.has(hostOf(url)) && !this.isLying(url);
  }

  isLying(url: string): boolean {
    return this.#lying.has(hostOf(url));
  }

  /** What ranges have brought in this run is not to be believed: one that had been believed has lied. */
  get mustForget(): boolean {
    return this.#mustForget;
  }

  prove(url: string): void {
    this.#proved.add(hostOf(url));
  }

  /** This host's ranges are not what they say. */
  lie(url: string): void {
    const host = hostOf(url);
    if (this.#written.some((one) => one.host === host && one.writer.position > one.writer.start))
      this.#mustForget = true;
    if (this.#lying.has(host)) return;
    this.#lying.add(host);
    this.#onLie(host);
  }

  /** Two streams do not fit where they meet: any host whose ranges were written may be the one that lied. */
  lieSomewhere(): void {
    this.#mustForget = true;
    for (const host of new Set(this.#written.map((one) => one.host))) {
      if (this.#lying.has(host)) continue;
      this.#lying.add(host);
      this.#onLie(host);
    }
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

  /** From now on this writer puts bytes of a ranged answer of this host to the disk. */
  note(url: string, writer: Written['writer']): void {
    this.#written.push({ host: hostOf(url), writer });
  }

  /** What ranged answers of this run have brought. Not told again. */
  takeWritten(): { readonly start: number; readonly end: number }[] {
    const written = this.#written.map(({ writer: { start, position } }) => ({ start, end: position }));
    this.#written = [];
    this.#mustForget = false;
    return written.filter(({ start, end }) => end > start);
  }

  /** The file is another one now: bytes that differed were no lie. */
  forgive(): void {
    this.#lying.clear();
    this.#proved.clear();
    this.#written = [];
    this.#mustForget = false;
  }
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}
