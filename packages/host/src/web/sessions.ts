/**
 * The browsers that are signed in: one private file each, which holds a digest of the browser's key and never the key.
 * Deleting the file revokes the session, in this process or in any other of the user.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, readdir, rm, stat, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { digestOf } from './digest.ts';
import { privateFolder, writePrivateFile } from '../folders/private-files.ts';

/** A browser that was not seen for this long signs in again. */
const lifetimeMs = 90 * 24 * 3600 * 1000;
const idPattern = /^[0-9a-f]{16}$/;
const longestNameLength = 300;

const sessionSchema = z.object({
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  createdAtMs: z.number(),
  /** The port in the origin whose storage holds the key: from another port it cannot come honestly. */
  port: z.number(),
  browser: z.string(),
  address: z.string(),
});

export interface WebSession {
  readonly id: string;
  readonly createdAtMs: number;
  /** When it connected last. */
  readonly seenAtMs: number;
  readonly port: number;
  /** As the browser calls itself. */
  readonly browser: string;
  /** Where it signed in from. */
  readonly address: string;
}

type NewSession = Pick<WebSession, 'port' | 'browser' | 'address'>;

export class WebSessions {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(webFolder: string): Promise<WebSessions> {
    return new WebSessions(await privateFolder(join(webFolder, 'sessions')));
  }

  /** @returns the key: the browser alone has it from now on */
  async create({ port, browser, address }: NewSession): Promise<{ readonly id: string; readonly key: string }> {
    const id = randomBytes(8).toString('hex');
    const key = `${id}.${randomBytes(32).toString('base64url')}`;
    const record = {
      digest: digestOf(key),
      createdAtMs: Date.now(),
      port,
      browser: browser.slice(0, longestNameLength),
      address,
    };
    await writePrivateFile(this.#pathOf(id), JSON.stringify(record));
    return { id, key };
  }

  /** @returns the id of the session that the key belongs to; null for a key that is unknown, revoked or of another port */
  async check(key: string, port: number, nowMs = Date.now()): Promise<string | null> {
    const [id = ''] = key.split('.', 1);
    if (!idPattern.test(id)) return null;
    const found = await this.#read(id, nowMs);
    if (found === null || !isSame(digestOf(key), found.digest) || found.session.port !== port) return null;
    const seenAt = new Date(nowMs);
    // The time of the file alone is touched: writing it anew could bring back a session that is being revoked.
    return utimes(this.#pathOf(id), seenAt, seenAt).then(
      () => id,
      () => null,
    );
  }

  async has(id: string): Promise<boolean> {
    return stat(this.#pathOf(id)).then(
      () => true,
      () => false,
    );
  }

  /** Seen last, first. What is too old or cannot be read is deleted. */
  async list(nowMs = Date.now()): Promise<readonly WebSession[]> {
    const sessions: WebSession[] = [];
    for (const name of await readdir(this.#folder)) {
      const id = name.replace(/\.json$/, '');
      if (!idPattern.test(id)) continue;
      const found = await this.#read(id, nowMs);
      if (found === null) await rm(this.#pathOf(id), { force: true });
      else sessions.push(found.session);
    }
    return sessions.toSorted((left, right) => right.seenAtMs - left.seenAtMs);
  }

  /** @returns whether there was such a session. Its connections end within seconds. */
  async revoke(id: string): Promise<boolean> {
    if (!idPattern.test(id)) return false;
    return unlink(this.#pathOf(id)).then(
      () => true,
      () => false,
    );
  }

  async revokePort(port: number): Promise<void> {
    for (const session of await this.list()) if (session.port === port) await this.revoke(session.id);
  }

  async #read(id: string, nowMs: number): Promise<{ readonly session: WebSession; readonly digest: string } | null> {
    const path = this.#pathOf(id);
    try {
      const { mtimeMs } = await stat(path);
      if (nowMs - mtimeMs > lifetimeMs) return null;
      const { digest, ...record } = sessionSchema.parse(JSON.parse(await readFile(path, 'utf8')));
      return { session: { id, seenAtMs: Math.round(mtimeMs), ...record }, digest };
    } catch {
      return null;
    }
  }

  #pathOf(id: string): string {
    return join(this.#folder, `${id}.json`);
  }
}

/** Constant time in the contents. */
function isSame(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
}
