/** Who is next: queued downloads in order of position, found without looking at the whole list each time. */
import type { Entry } from './entry.ts';

export class TurnOrder {
  readonly #inOrder: () => readonly Entry[];
  #queue: Entry[] = [];
  #head = 0;
  #isStale = true;

  /** @param inOrder the whole list by position; asked only after something was put in between */
  constructor(inOrder: () => readonly Entry[]) {
    this.#inOrder = inOrder;
  }

  /** The order changed, or a download left or came back to a place that is not the last. */
  markStale(): void {
    this.#isStale = true;
  }

  noteQueued(entry: Entry): void {
    const last = this.#queue.at(-1);
    if (last === undefined || last.record.position < entry.record.position) this.#queue.push(entry);
    else this.#isStale = true;
  }

  /** The first download that may start now: queued, and its last run has let go of the file. */
  next(): Entry | null {
    if (this.#isStale) this.#rebuild();
    while (this.#queue[this.#head] !== undefined && this.#queue[this.#head]?.state.kind !== 'queued') this.#head += 1;
    for (let index = this.#head; index < this.#queue.length; index += 1) {
      const entry = this.#queue[index];
      if (entry?.state.kind === 'queued' && entry.run === null) return entry;
    }
    return null;
  }

  #rebuild(): void {
    this.#queue = this.#inOrder().filter((entry) => entry.state.kind === 'queued');
    this.#head = 0;
    this.#isStale = false;
  }
}
