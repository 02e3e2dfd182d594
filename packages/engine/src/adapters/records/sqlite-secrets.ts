/** The table of secrets: who has some, which of them can be read here, and what is written anew when they change. */
import type { Database, Statement } from 'better-sqlite3';
import { type DownloadRecord, isSignInNeeded } from '../../download/record.ts';
import { downloadSecretsSchema, joinSecrets, splitSecrets } from '../../download/secrets.ts';
import { noCipher, type SecretCipher } from '../../ports/secret-cipher.ts';

type SecretRow = [id: string, keyId: string, sealed: Buffer];

/** As it stands in the table. */
export interface SealedSecrets {
  readonly keyId: string;
  readonly sealed: Uint8Array;
}

/** `open` is what may stand in the table of downloads, `hasSecrets` what stands beside it. */
export interface StoredForm {
  readonly open: DownloadRecord;
  readonly hasSecrets: boolean;
}

/** For each download with secrets: their text, or null where they cannot be read here. */
export class SecretsTable {
  readonly #known = new Map<string, string | null>();
  readonly #cipher: SecretCipher;
  readonly #onDropped: () => void;
  readonly #selectAll: Statement<[], SecretRow>;
  readonly #upsert: Statement<[string, string, Uint8Array]>;
  readonly #delete: Statement<[string]>;
  /** Read as plain text although this host has a key: to be encrypted. */
  #isStale = false;

  /** @param onDropped something that was stored is so no more: copies may still hold it */
  constructor(database: Database, cipher: SecretCipher, onDropped: () => void) {
    this.#cipher = cipher;
    this.#onDropped = onDropped;
    this.#selectAll = database.prepare<[], SecretRow>('SELECT id, key_id, sealed FROM secrets').raw();
    this.#upsert = database.prepare(
      `INSERT INTO secrets (id, key_id, sealed) VALUES (?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET key_id = excluded.key_id, sealed = excluded.sealed`,
    );
    this.#delete = database.prepare('DELETE FROM secrets WHERE id = ?');
  }

  /** Reads all of them. */
  load(): void {
    this.#known.clear();
    for (const [id, keyId, sealed] of this.#selectAll.iterate()) {
      this.#known.set(id, this.#open(id, keyId, sealed));
      this.#isStale ||= keyId === noCipher.keyId && this.#cipher.keyId !== noCipher.keyId;
    }
  }

  /** By download. */
  sealed(): Map<string, SealedSecrets> {
    return new Map(this.#selectAll.all().map(([id, keyId, sealed]) => [id, { keyId, sealed }]));
  }

  /** @param ids of all downloads */
  isDue(ids: ReadonlySet<string>): boolean {
    return this.#isStale || [...this.#known.keys()].some((id) => !ids.has(id));
  }

  /** Encrypts what was stored before there was a key, and drops what no download has any more. Within a transaction. */
  refresh(ids: ReadonlySet<string>): void {
    for (const [id, text] of this.#known) {
      if (!ids.has(id)) this.drop(id);
      else if (this.#isStale && text !== null) this.#write(id, text);
    }
    if (this.#isStale) this.#onDropped();
    this.#isStale = false;
  }

  noteDropped(): void {
    this.#onDropped();
  }

  /** The record as it was given. */
  joined(open: DownloadRecord, hasSecrets: boolean): DownloadRecord {
    if (!hasSecrets) return open;
    const text = this.#known.get(open.id) ?? null;
    const secrets = text === null ? null : downloadSecretsSchema.safeParse(parse(text)).data;
    if (secrets === null || secrets === undefined) return { ...open, needsSignIn: true };
    const joined = { ...joinSecrets(open, secrets), needsSignIn: false };
    // It was stopped by a host that could not read them.
    return isSignInNeeded(joined.state) ? { ...joined, state: { kind: 'queued' } } : joined;
  }

  /** Stores the secrets of a record. Within a transaction. */
  store(record: DownloadRecord): StoredForm {
    const { open, secrets } = splitSecrets(record);
    // What cannot be read here stays for a host that can.
    if (record.needsSignIn) return { open, hasSecrets: true };
    if (secrets === null || record.state.kind === 'finished') {
      this.drop(record.id);
      return { open, hasSecrets: false };
    }
    const text = JSON.stringify(secrets);
    const before = this.#known.get(record.id);
    if (before === text) return { open, hasSecrets: true };
    this.#write(record.id, text);
    if (before !== undefined) this.#onDropped();
    return { open, hasSecrets: true };
  }

  drop(id: string): void {
    if (!this.#known.has(id)) return;
    this.#delete.run(id);
    this.#known.delete(id);
    this.#onDropped();
  }

  #write(id: string, text: string): void {
    this.#upsert.run(id, this.#cipher.keyId, this.#cipher.encrypt(text, id));
    this.#known.set(id, text);
  }

  #open(id: string, keyId: string, sealed: unknown): string | null {
    // A damaged row may be of any type.
    if (!Buffer.isBuffer(sealed)) return null;
    if (keyId === noCipher.keyId) return noCipher.decrypt(sealed, id);
    return keyId === this.#cipher.keyId ? this.#cipher.decrypt(sealed, id) : null;
  }
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
