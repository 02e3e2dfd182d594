/** The links that lead to a sequence: its own, and mirrors that are asked in turn when it fails. */
import { LinkTurns } from '../transfer/link-turns.ts';

export class SequenceLinks {
  readonly #link: string;
  readonly #mirrors: readonly string[];
  #turns: LinkTurns;

  constructor(link: string, mirrors: readonly string[]) {
    this.#link = link;
    this.#mirrors = mirrors;
    this.#turns = new LinkTurns(link, mirrors);
  }

  get current(): string {
    return this.#turns.current;
  }

  /** Turns to the next link after a failure. @returns false when none may do better */
  turn(error: unknown): boolean {
    try {
      this.#turns.next(error);
      return true;
    } catch {
      return false;
    }
  }

  /** After a wait all have their turn again, the link itself first. */
  turnBack(): void {
    if (this.#turns.others.length < this.#mirrors.length) this.#turns = new LinkTurns(this.#link, this.#mirrors);
  }
}
