/** Curls that were told to end and have not yet: until they have, one more would be a connection more than is allowed. */
import { setTimeout as delay } from 'node:timers/promises';

/** The longest time that a finished curl may keep its connection while another waits for the server. */
const farewellMs = 250;
/** A killed process is gone in milliseconds; one that is not is waited for no longer than that. */
const killedMs = 1000;

interface Departing {
  readonly exited: Promise<void>;
  kill(): void;
}

export class Departures {
  readonly #killed = new Set<Departing>();
  /** By server: they end by themselves. */
  readonly #dismissed = new Map<Departing, string>();

  noteKilled(one: Departing): void {
    this.#dismissed.delete(one);
    if (this.#killed.has(one)) return;
    this.#killed.add(one);
    void one.exited.then(() => this.#killed.delete(one));
  }

  noteDismissed(one: Departing, server: string): void {
    if (this.#killed.has(one)) return;
    this.#dismissed.set(one, server);
    void one.exited.then(() => this.#dismissed.delete(one));
  }

  /** Settles when all that were killed are gone, and all that were at this server. */
  async settled(server: string): Promise<void> {
    const there = [...this.#dismissed].flatMap(([one, at]) => (at === server ? [one] : []));
    if (there.length > 0) await within(farewellMs, there);
    for (const one of there) if (this.#dismissed.has(one)) one.kill();
    if (this.#killed.size > 0) await within(killedMs, [...this.#killed]);
  }
}

async function within(limitMs: number, departing: readonly Departing[]): Promise<void> {
  const over = new AbortController();
  const limit = delay(limitMs, undefined, { signal: over.signal }).catch(() => {});
  await Promise.race([limit, Promise.all(departing.map(({ exited }) => exited))]);
  over.abort();
}
