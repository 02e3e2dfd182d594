/**
 * One-time tickets that sign a browser in. They are files, so that any program of the user can issue one for the
 * server that runs, and deleting the file is what uses a ticket up: it succeeds once.
 */
import { randomBytes } from 'node:crypto';
import { readFile, readdir, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { digestOf } from './digest.ts';
import { privateFolder, writePrivateFile } from '../folders/private-files.ts';

/** Time to find the link in a terminal and to carry it to another machine. */
const signInLifetimeMs = 15 * 60_000;

const ticketSchema = z.object({ expiresAtMs: z.number() });

export class SignInTickets {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(webFolder: string): Promise<SignInTickets> {
    const tickets = new SignInTickets(await privateFolder(join(webFolder, 'tickets')));
    await tickets.#removeExpired(Date.now());
    return tickets;
  }

  async issue(nowMs = Date.now()): Promise<string> {
    await this.#removeExpired(nowMs);
    const ticket = randomBytes(32).toString('base64url');
    await writePrivateFile(this.#pathOf(ticket), JSON.stringify({ expiresAtMs: nowMs + signInLifetimeMs }));
    return ticket;
  }

  /** @returns whether it was issued, not used before and not too old; it is used up now */
  async redeem(ticket: string, nowMs = Date.now()): Promise<boolean> {
    const expiresAtMs = await readExpiry(this.#pathOf(ticket));
    return (await this.revoke(ticket)) && expiresAtMs !== null && nowMs < expiresAtMs;
  }

  /** @returns whether there was such a ticket */
  async revoke(ticket: string): Promise<boolean> {
    return unlink(this.#pathOf(ticket)).then(
      () => true,
      () => false,
    );
  }

  async #removeExpired(nowMs: number): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      const path = join(this.#folder, name);
      const expiresAtMs = await readExpiry(path);
      // One from the future was issued before the clock was set back, and would never end.
      const isAlive = expiresAtMs !== null && nowMs < expiresAtMs && expiresAtMs <= nowMs + signInLifetimeMs;
      // A file being staged has a dot in front, and no ticket does.
      if (!isAlive && !name.startsWith('.')) await rm(path, { force: true });
    }
  }

  #pathOf(ticket: string): string {
    return join(this.#folder, digestOf(ticket));
  }
}

async function readExpiry(path: string): Promise<number | null> {
  try {
    return ticketSchema.parse(JSON.parse(await readFile(path, 'utf8'))).expiresAtMs;
  } catch {
    return null;
  }
}
