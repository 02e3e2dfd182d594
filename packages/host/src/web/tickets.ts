/** One-time keys for links that this machine opens itself: a browser's arguments can be read by every user of it. */
import { createHash, randomBytes } from 'node:crypto';

/** Long enough for a browser that is started cold. */
const lifetimeMs = 5 * 60_000;

export class Tickets {
  /** Digests, so that looking one up tells nothing by its timing. */
  readonly #expiryByDigest = new Map<string, number>();

  issue(nowMs = performance.now()): string {
    for (const [digest, expiresAtMs] of this.#expiryByDigest) {
      if (expiresAtMs <= nowMs) this.#expiryByDigest.delete(digest);
    }
    const ticket = randomBytes(32).toString('base64url');
    this.#expiryByDigest.set(digestOf(ticket), nowMs + lifetimeMs);
    return ticket;
  }

  /** @returns whether it was issued, not used before and not too old; it is used up now */
  redeem(ticket: string, nowMs = performance.now()): boolean {
    const digest = digestOf(ticket);
    const expiresAtMs = this.#expiryByDigest.get(digest);
    this.#expiryByDigest.delete(digest);
    return expiresAtMs !== undefined && nowMs < expiresAtMs;
  }
}

function digestOf(ticket: string): string {
  return createHash('sha256').update(ticket).digest('hex');
}
