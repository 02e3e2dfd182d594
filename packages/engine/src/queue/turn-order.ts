/** Who is next in one group: queued downloads in order of position, found without looking at the whole list each time. */
import type { Entry } from './entry.ts';

/** Beyond this number of entries out of order, sorting all of them is cheaper than keeping them apart. */
const mostReturned = 512;

/** What has been passed is let go of when there is this much of it. */
const mostPassed = 4096;

export class TurnOrder {
  readonly #inOrder: () => readonly Entry[];
  /** By position; those before `#head` have had their turn. */
  #queue: Entry[] = [];
  #head = 0;
  /** By position: downloads that came back to a place before the last one, after a wait or a stop. */
  #returned: Entry[] = [];
  #isStale = true;

  /** @param inOrder the whole group by position; asked only after something was put in between */
  constructor(inOrder: () => readonly Entry[]) {
    this.#inOrder = inOrder;
  }

  /** The order changed, or a download left the group. */
  markStale(): void {
    this.#isStale = true;
  }

  noteQueued(entry: Entry): void {
    if (this.#isStale) return;
    const last = this.#queue.at(-1);
    if (last === undefined || last.record.position < entry.record.position) this.#queue.push(entry);
    else if (this.#returned.length < mostReturned) insert(this.#returned, entry);
    else this.#isStale = true;
  }

  /** The first download that may start now: queued, and its files are not locked. */
  next(): Entry | null {
    if (this.#isStale) this.#rebuild();
    while (this.#queue[this.#head] !== undefined && this.#queue[this.#head]?.state.kind !== 'queued') this.#head += 1;
    if (this.#head > mostPassed) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
    if (this.#returned.length > 0) this.#returned = this.#returned.filter(({ state }) => state.kind === 'queued');
    const returned = this.#returned.find(mayStart);
    const first = this.#firstFromHead();
    if (first === null || returned === undefined) return first ?? returned ?? null;
    return first.record.position <= returned.record.position ? first : returned;
  }

  #firstFromHead(): Entry | null {
    for (let index = this.#head; index < this.#queue.length; index += 1) {
      const entry = this.#queue[index];
      if (entry !== undefined && mayStart(entry)) return entry;
    }
    return null;
  }

  #rebuild(): void {
    this.#queue = this.#inOrder().filter((entry) => entry.state.kind === 'queued');
    this.#head = 0;
    this.#returned = [];
    this.#isStale = false;
  }
}

function mayStart({ state, run, lockedUntil }: Entry): boolean {
  return state.kind === 'queued' && run === null && lockedUntil === null;
}

/** Keeps the order; one that is there already is not put in twice. */
function insert(entries: Entry[], entry: Entry): void {
  const at = entries.findIndex(({ record }) => record.position >= entry.record.position);
  if (at < 0) entries.push(entry);
  else if (entries[at] !== entry) entries.splice(at, 0, entry);
}
