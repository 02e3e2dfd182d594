/** The links that lead to a sequence: its own, and mirrors that are asked in turn when it fails. */
import { SluiceError } from '../errors.ts';
import type { LinksVerdict } from '../plan/connections/link-failures.ts';
import { LinkTurns } from '../transfer/run/link-turns.ts';

export class SequenceLinks {
  readonly #link: string;
  readonly #mirrors: readonly string[];
  readonly #nowMs: () => number;
  #turns: LinkTurns;

  constructor(link: string, mirrors: readonly string[], nowMs: () => number) {
    this.#link = link;
    this.#mirrors = mirrors;
    this.#nowMs = nowMs;
    this.#turns = new LinkTurns(link, mirrors, { nowMs });
  }

  get current(): string {
    return this.#turns.current;
  }

  /** Turns to the next link after a failure. @returns null when it could; what all failures come to when none may do better */
  turn(error: unknown, retryAfterMs: number | null): LinksVerdict | null {
    try {
      this.#turns.next(error, retryAfterMs);
      return null;
    } catch (last) {
      if (!(last instanceof SluiceError)) throw last;
      return this.#turns.judge(last);
    }
  }

  /** After a wait all have their turn again, the link itself first. */
  turnBack(): void {
    if (this.#turns.others.length < this.#mirrors.length) {
      this.#turns = new LinkTurns(this.#link, this.#mirrors, { nowMs: this.#nowMs });
    }
  }
}
