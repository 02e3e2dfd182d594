/** The index of a cache: what is stored under which key, and who is fetching what. */
import type Sqlite from 'better-sqlite3';

/** An entry as it is written down; its path follows from the hash. */
export interface IndexRow {
  readonly key: string;
  readonly url: string;
  readonly finalUrl: string;
  readonly method: string;
  readonly status: number;
  /** JSON. */
  readonly requestHeaders: string;
  /** JSON. */
  readonly responseHeaders: string;
  readonly policy: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly storedAtMs: number;
  readonly validatedAtMs: number;
  readonly usedAtMs: number;
}

const columns = [
  'key',
  'url',
  'finalUrl',
  'method',
  'status',
  'requestHeaders',
  'responseHeaders',
  'policy',
  'sizeBytes',
  'sha256',
  'storedAtMs',
  'validatedAtMs',
  'usedAtMs',
] as const satisfies readonly (keyof IndexRow)[];

export class CacheIndex {
  readonly #database: Sqlite.Database;

  constructor(database: Sqlite.Database) {
    this.#database = database;
  }

  find(key: string): IndexRow | null {
    return this.#database.prepare<[string], IndexRow>('SELECT * FROM entries WHERE key = ?').get(key) ?? null;
  }

  /** Used longest ago first. */
  all(): readonly IndexRow[] {
    return this.#database.prepare<[], IndexRow>('SELECT * FROM entries ORDER BY usedAtMs, key').all();
  }

  /**
   * Runs alone among all processes: other processes see all of its changes to files and rows, or none.
   * @param act must not await
   */
  exclusively<Result>(act: () => Result): Result {
    return this.#database.transaction(act).immediate();
  }

  put(row: IndexRow): void {
    const names = columns.join(', ');
    const values = columns.map((name) => `@${name}`).join(', ');
    this.#database.prepare(`INSERT OR REPLACE INTO entries (${names}) VALUES (${values})`).run(row);
  }

  /** Nothing happens when the entry was replaced or removed meanwhile. */
  update(row: Pick<IndexRow, 'key' | 'sha256' | 'policy' | 'responseHeaders' | 'validatedAtMs'>): void {
    const sql = `UPDATE entries SET policy = @policy, responseHeaders = @responseHeaders, validatedAtMs = @validatedAtMs
      WHERE key = @key AND sha256 = @sha256`;
    this.#database.prepare(sql).run(row);
  }

  markUsed(key: string, usedAtMs: number): void {
    this.#database.prepare('UPDATE entries SET usedAtMs = ? WHERE key = ?').run(usedAtMs, key);
  }

  /** Only the entry with this content: another may have taken its place. */
  delete(key: string, sha256: string): boolean {
    return this.#database.prepare('DELETE FROM entries WHERE key = ? AND sha256 = ?').run(key, sha256).changes > 0;
  }

  isContentUsed(sha256: string): boolean {
    return this.#database.prepare('SELECT 1 FROM entries WHERE sha256 = ? LIMIT 1').get(sha256) !== undefined;
  }

  /** @returns null when the claim is now ours, else whose it is */
  claim(key: string, owner: string): string | null {
    this.#database.prepare('INSERT OR IGNORE INTO claims (key, owner) VALUES (?, ?)').run(key, owner);
    const found = this.#database
      .prepare<[string], { owner: string }>('SELECT owner FROM claims WHERE key = ?')
      .get(key);
    // It may have been given back between the two: then it is anybody's at the next look.
    return found?.owner === owner ? null : (found?.owner ?? '');
  }

  release(key: string, owner: string): void {
    this.#database.prepare('DELETE FROM claims WHERE key = ? AND owner = ?').run(key, owner);
  }

  close(): void {
    this.#database.close();
  }
}
