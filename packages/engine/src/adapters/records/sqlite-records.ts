/** The list of downloads and the settings in an SQLite database: meets the `Records` port. */
import { closeSync, existsSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { defaultSettings, type Queue, type Settings, settingsSchema, SluiceError } from '@sluice/contract';
import Database from 'better-sqlite3';
import { type HostLesson, hostLessonSchema } from '../../download/host-lesson.ts';
import type { DownloadRecord } from '../../download/record.ts';
import { splitSecrets } from '../../download/secrets.ts';
import { SharedParts } from '../../download/shared-parts.ts';
import type { Records } from '../../ports/records.ts';
import { noCipher, type SecretCipher } from '../../ports/secret-cipher.ts';
import { copiedRecords, copiedSettings, type RecordsDamage } from './sqlite-copies.ts';
import { LogSync } from './sqlite-durability.ts';
import { recordsError, withRecordsErrors } from './sqlite-errors.ts';
import { migrate, requireOurs, secretsVersion } from './sqlite-schema.ts';
import { copiedQueues, queueNameIn, readQueues, writeQueues } from './sqlite-queues.ts';
import { describeIssues, openRow, sealRecord } from './sqlite-seal.ts';
import { nameIn, withoutSecretFields } from './sqlite-scrub.ts';
import { type SealedSecrets, SecretsTable } from './sqlite-secrets.ts';
import { valueOf } from './sqlite-value.ts';

/** Something stored that no longer makes sense. It is kept for a person to look at, out of the list's way. */
export interface SetAside {
  /** The download's id, `settings`, or `queue`. */
  readonly origin: string;
  readonly reason: string;
  readonly atMs: number;
}

export interface SqliteRecords extends Records {
  /** Resolves when everything saved before the call would outlast a power cut. */
  flush(): Promise<void>;
  /** Writes a whole, closed copy of the database to a path, over what is there. */
  backupTo(path: string): Promise<void>;
  setAside(): readonly SetAside[];
  /** What was found when downloads, settings and queues were loaded. */
  damage(): RecordsDamage;
  /** Resolves when nothing is left in the database's own files of what was dropped before the call. */
  purge(): Promise<void>;
  /** What copies of the database may hold, and no more. */
  sealedSecrets(): ReadonlyMap<string, SealedSecrets>;
}

export interface RecordsOptions {
  /** Default: secrets are stored as they are. */
  readonly cipher?: SecretCipher;
  /** Secrets were dropped or changed: copies of the database may still hold what they were. */
  readonly onSecretsDropped?: () => void;
  /** Good copies of this database, newest first: they give what is damaged in it. Each may be missing. */
  readonly copyPaths?: readonly string[];
  /** Look at every page first. It is done anyway after an end that was not orderly. Default: no. */
  readonly checksPages?: boolean;
}

/** As an array: naming the columns of a hundred thousand rows takes longer than reading them. */
type DownloadRow = [id: string, record: string, seal: number, hasSecrets: number];

interface Stranger {
  readonly id: string;
  readonly record: string;
  readonly reason: string;
}

const cacheKibibytes = 2048;

/**
 * Opens the database at `path`, making it if there is none (its folder must exist). Saves outlast the end of the
 * process when they return, and a power cut a moment later ({@link SqliteRecords.flush}).
 * @throws `database-unreadable` (damaged, not ours, or from a newer release), `host-busy` (open elsewhere),
 *   `folder-missing`, `file-access-denied`, `disk-full`, `disk-io`
 */
export function openRecords(path: string, options: RecordsOptions = {}): SqliteRecords {
  if (!existsSync(dirname(path)))
    throw new SluiceError('folder-missing', 'no folder for the database', { facts: { path } });
  return withRecordsErrors(path, () => {
    makePrivate(path);
    const wasCutOff = (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
    const database = new Database(path, { timeout: 1000 });
    try {
      // One host at a time; it also does without the shared memory that network disks do not have.
      database.pragma('locking_mode = EXCLUSIVE');
      requireOurs(database, path);
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = NORMAL');
      // The list is read once, from end to end, and then kept here: pages of it need not be kept as well.
      database.pragma(`cache_size = ${-cacheKibibytes}`);
      // What is deleted may have been secret.
      database.pragma('secure_delete = ON');
      if (wasCutOff || options.checksPages === true) checkIntegrity(database, path);
      const isFromBefore = migrate(database, path) < secretsVersion;
      return new SqliteRecordsStore(database, { path, isFromBefore, ...options });
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/** Links and headers hold secrets. SQLite gives its log the permissions of the database. */
function makePrivate(path: string): void {
  if (existsSync(path)) return;
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    throw new SluiceError('file-access-denied', 'the database cannot be made', {
      facts: { path, of: 'list' },
      cause: error,
    });
  }
}

/** Worth its time only after an end that was not orderly, and for a copy, which nothing else has looked at. */
function checkIntegrity(database: Database.Database, path: string): void {
  const verdict = database.pragma('quick_check(1)', { simple: true });
  if (verdict !== 'ok') throw new SluiceError('database-unreadable', String(verdict), { facts: { path } });
}

class SqliteRecordsStore implements SqliteRecords {
  readonly #database: Database.Database;
  readonly #path: string;
  readonly #logSync: LogSync;
  readonly #selectAll: Database.Statement<[], DownloadRow>;
  readonly #upsert: Database.Statement<[string, string, number, number]>;
  readonly #delete: Database.Statement<[string]>;
  readonly #quarantine: Database.Statement<[string, string, string, number]>;
  readonly #secrets: SecretsTable;
  readonly #copyPaths: readonly string[];
  #damage: RecordsDamage = { restored: [], lost: [] };
  /** Deleted rows of an earlier release may still lie in free pages. */
  #isFromBefore: boolean;

  constructor(
    database: Database.Database,
    options: RecordsOptions & { readonly path: string; readonly isFromBefore: boolean },
  ) {
    const { path, isFromBefore, cipher = noCipher, onSecretsDropped = () => {}, copyPaths = [] } = options;
    this.#database = database;
    this.#path = path;
    this.#isFromBefore = isFromBefore;
    this.#copyPaths = copyPaths;
    this.#secrets = new SecretsTable(database, cipher, onSecretsDropped);
    this.#logSync = new LogSync(path);
    this.#selectAll = database.prepare<[], DownloadRow>('SELECT id, record, seal, has_secrets FROM downloads').raw();
    this.#upsert = database.prepare(
      `INSERT INTO downloads (id, record, seal, has_secrets) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE
       SET record = excluded.record, seal = excluded.seal, has_secrets = excluded.has_secrets`,
    );
    this.#delete = database.prepare('DELETE FROM downloads WHERE id = ?');
    this.#quarantine = database.prepare('INSERT INTO set_aside (origin, content, reason, at_ms) VALUES (?, ?, ?, ?)');
  }

  loadDownloads(): DownloadRecord[] {
    return withRecordsErrors(this.#path, () => {
      const records: DownloadRecord[] = [];
      const shared = new SharedParts();
      const strangers: Stranger[] = [];
      const unsplit: DownloadRecord[] = [];
      this.#secrets.load();
      for (const [id, text, seal, hasSecrets] of this.#selectAll.iterate()) {
        const opened = openRow({ record: text, seal });
        if ('record' in opened && opened.record.id === id) {
          const record = shared.of(this.#secrets.joined(opened.record, hasSecrets === 1));
          records.push(record);
          if (!opened.isSealed && splitSecrets(opened.record).secrets !== null) unsplit.push(record);
        } else strangers.push({ id, record: text, reason: 'reason' in opened ? opened.reason : 'id: differs' });
      }
      if (strangers.length > 0) records.push(...this.#restoreRows(strangers, records).map((one) => shared.of(one)));
      this.#settleSecrets(records, unsplit);
      return records.sort((left, right) => left.position - right.position);
    });
  }

  saveDownloads(records: readonly DownloadRecord[]): void {
    this.#change(() => {
      for (const record of records) {
        const { open, hasSecrets } = this.#secrets.store(record);
        const row = sealRecord(open);
        this.#upsert.run(record.id, row.record, row.seal, hasSecrets ? 1 : 0);
      }
    });
  }

  deleteDownloads(ids: readonly string[]): void {
    this.#change(() => {
      for (const id of ids) {
        this.#delete.run(id);
        this.#secrets.drop(id);
      }
    });
  }

  loadSettings(): Settings {
    return withRecordsErrors(this.#path, () => {
      const text = this.#database.prepare<[], string>('SELECT settings FROM settings').pluck().get();
      if (text === undefined) return defaultSettings;
      const parsed = settingsSchema.safeParse(valueOf(text));
      if (parsed.success) return parsed.data;
      this.#quarantineQuietly(() => {
        this.#quarantine.run('settings', text, describeIssues(parsed.error), Date.now());
        this.#database.prepare('DELETE FROM settings').run();
      });
      const copied = copiedSettings(this.#copyPaths);
      this.#noteDamage(copied === null ? { lost: ['settings'] } : { restored: ['settings'] });
      if (copied === null) return defaultSettings;
      this.#quarantineQuietly(() => this.saveSettings(copied));
      return copied;
    });
  }

  saveSettings(settings: Settings): void {
    this.#change(() => {
      this.#database
        .prepare(
          'INSERT INTO settings (id, settings) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET settings = excluded.settings',
        )
        .run(JSON.stringify(settings));
    });
  }

  loadQueues(): Queue[] {
    return withRecordsErrors(this.#path, () => {
      const rows = readQueues(this.#database);
      if (rows.damaged.length === 0) return [...rows.queues.values()];
      const copied = copiedQueues(this.#copyPaths, rows);
      const whole = [...rows.queues, ...copied].sort(([left], [right]) => left - right).map(([, queue]) => queue);
      this.#noteDamage({
        restored: [...copied.values()].map(({ name }) => name),
        lost: rows.damaged.filter(({ place }) => !copied.has(place)).map(({ text }) => queueNameIn(text)),
      });
      this.#quarantineQuietly(() => {
        for (const { text, reason } of rows.damaged) this.#quarantine.run('queue', text, reason, Date.now());
        writeQueues(this.#database, whole);
      });
      return whole;
    });
  }

  saveQueues(queues: readonly Queue[]): void {
    this.#change(() => writeQueues(this.#database, queues));
  }

  /** An aid, not a memory anyone would miss: what does not parse is passed over. */
  loadHostLessons(): HostLesson[] {
    return withRecordsErrors(this.#path, () => {
      const texts = this.#database.prepare<[], string>('SELECT lesson FROM host_lessons').pluck().all();
      return texts.flatMap((text) => hostLessonSchema.safeParse(valueOf(text)).data ?? []);
    });
  }

  saveHostLesson(lesson: HostLesson): void {
    this.#change(() => {
      this.#database
        .prepare(
          'INSERT INTO host_lessons (host, lesson) VALUES (?, ?) ON CONFLICT (host) DO UPDATE SET lesson = excluded.lesson',
        )
        .run(lesson.host, JSON.stringify(lesson));
    });
  }

  setAside(): readonly SetAside[] {
    return withRecordsErrors(this.#path, () =>
      this.#database.prepare<[], SetAside>('SELECT origin, reason, at_ms AS atMs FROM set_aside ORDER BY at_ms').all(),
    );
  }

  damage(): RecordsDamage {
    return this.#damage;
  }

  async flush(): Promise<void> {
    try {
      await this.#logSync.now();
    } catch (error) {
      throw new SluiceError('disk-io', 'the database log cannot be synced', {
        facts: { path: this.#path },
        cause: error,
      });
    }
  }

  async purge(): Promise<void> {
    if (!this.#database.open) return;
    // Most of the work is done off the thread first.
    await this.flush();
    if (this.#database.open) withRecordsErrors(this.#path, () => this.#database.pragma('wal_checkpoint(TRUNCATE)'));
  }

  sealedSecrets(): ReadonlyMap<string, SealedSecrets> {
    return withRecordsErrors(this.#path, () => this.#secrets.sealed());
  }

  async backupTo(path: string): Promise<void> {
    try {
      await this.#database.backup(path);
    } catch (error) {
      throw recordsError(error, path);
    }
  }

  /** Leaves one whole file, durable, without a log. Closing again is fine. */
  close(): void {
    if (!this.#database.open) return;
    this.#logSync.stop();
    withRecordsErrors(this.#path, () => {
      try {
        this.#database.pragma('wal_checkpoint(TRUNCATE)');
      } finally {
        this.#database.close();
      }
    });
  }

  /** All or nothing. */
  #change(action: () => void): void {
    if (!this.#database.open) throw new SluiceError('aborted', 'the list is closed');
    if (this.#logSync.isLost()) {
      throw new SluiceError('file-missing', 'the list was deleted while it was open', { facts: { path: this.#path } });
    }
    withRecordsErrors(this.#path, () => {
      try {
        this.#database.transaction(action).immediate();
      } catch (error) {
        // What was noted of the secrets was taken back with the rest.
        this.#secrets.load();
        throw error;
      }
    });
    this.#logSync.soon();
  }

  /** Once after a change of release or of key; where there is no room for it, the next load tries again. */
  #settleSecrets(records: readonly DownloadRecord[], unsplit: readonly DownloadRecord[]): void {
    const ids = new Set(records.map(({ id }) => id));
    const isDue = unsplit.length > 0 || this.#isFromBefore || this.#secrets.isDue(ids);
    if (!isDue) return;
    this.#quarantineQuietly(() => this.#secrets.refresh(ids));
    if (unsplit.length > 0) this.#quarantineQuietly(() => this.saveDownloads(unsplit));
    if (!this.#isFromBefore) return;
    this.#isFromBefore = false;
    this.#secrets.noteDropped();
    try {
      this.#database.exec('VACUUM');
    } catch (error) {
      if (recordsError(error, this.#path).code === 'database-unreadable') throw error;
    }
  }

  /**
   * Sets rows aside that make no sense, and puts in their places what a copy says. What a copy says may be of before:
   * a run asks the disk, as it always does.
   * @param others all downloads that were read
   */
  #restoreRows(strangers: readonly Stranger[], others: readonly DownloadRecord[]): readonly DownloadRecord[] {
    const present = new Set(others.map(({ id }) => id));
    const ids = strangers.map(({ id }) => id).filter((id) => !present.has(id));
    const copied = copiedRecords(this.#copyPaths, ids);
    const restored = [...copied.values()].map(({ record, hasSecrets }) => this.#secrets.joined(record, hasSecrets));
    this.#quarantineQuietly(() => {
      for (const { id, record, reason } of strangers) {
        this.#quarantine.run(id, withoutSecretFields(record), reason, Date.now());
        this.#delete.run(id);
      }
    });
    this.#quarantineQuietly(() => this.saveDownloads(restored));
    this.#noteDamage({
      restored: restored.map((record) => record.fileName ?? nameIn(JSON.stringify(record)) ?? record.id),
      lost: strangers.filter(({ id }) => !copied.has(id)).map(({ id, record }) => nameIn(record) ?? id),
    });
    return restored;
  }

  #noteDamage({ restored = [], lost = [] }: Partial<RecordsDamage>): void {
    this.#damage = { restored: [...this.#damage.restored, ...restored], lost: [...this.#damage.lost, ...lost] };
  }

  /** Where there is no room to set something aside it stays, and is met again at the next load. */
  #quarantineQuietly(action: () => void): void {
    try {
      this.#change(action);
    } catch (error) {
      if (recordsError(error, this.#path).code === 'database-unreadable') throw error;
    }
  }
}
