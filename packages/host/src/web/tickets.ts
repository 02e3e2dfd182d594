/** One-time keys for single files: they stand in addresses, and are dead once the file is on its way. */
import { randomBytes } from 'node:crypto';
import { digestOf } from './digest.ts';

/** A page follows the link at once. */
const lifetimeMs = 60_000;
/** A page that asks and never fetches gets the memory of no more than these. */
const mostTickets = 1000;

interface Issued {
  readonly file: string;
  readonly expiresAtMs: number;
}

export class Tickets {
  /** By digest, so that the time of a lookup says nothing about a ticket. */
  readonly #issued = new Map<string, Issued>();

  issue(file: string, nowMs = performance.now()): string {
    for (const [digest, { expiresAtMs }] of this.#issued) {
      if (expiresAtMs <= nowMs || this.#issued.size >= mostTickets) this.#issued.delete(digest);
    }
    const ticket = randomBytes(32).toString('base64url');
    this.#issued.set(digestOf(ticket), { file, expiresAtMs: nowMs + lifetimeMs });
    return ticket;
  }

  /** @returns whether the ticket is good for that file; it stays good */
  holds(ticket: string, file: string, nowMs = performance.now()): boolean {
    const found = this.#issued.get(digestOf(ticket));
    return found !== undefined && found.file === file && nowMs < found.expiresAtMs;
  }

  /** @returns whether the ticket was good for that file; it is used up now, for any file */
  redeem(ticket: string, file: string, nowMs = performance.now()): boolean {
    const isGood = this.holds(ticket, file, nowMs);
    this.#issued.delete(digestOf(ticket));
    return isGood;
  }
}
