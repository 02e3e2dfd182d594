/** The list of downloads and the settings in an SQLite database: meets the `Records` port. */
import { closeSync, existsSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { defaultSettings, type Queue, queueSchema, type Settings, settingsSchema, SluiceError } from '@sluice/contract';
import Database from 'better-sqlite3';
import { type HostLesson, hostLessonSchema } from '../download/host-lesson.ts';
import type { DownloadRecord } from '../download/record.ts';
import { SharedParts } from '../download/shared-parts.ts';
import type { Records } from '../ports/records.ts';
import { LogSync } from './sqlite-records-durability.ts';
import { recordsError, withRecordsErrors } from './sqlite-records-errors.ts';
import { migrate, requireOurs } from './sqlite-records-schema.ts';
import { describeIssues, openRow, sealRecord } from './sqlite-records-seal.ts';

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
}

/** As an array: naming the columns of a hundred thousand rows takes longer than reading them. */
type DownloadRow = [id: string, record: string, seal: number];

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
export function openRecords(path: string): SqliteRecords {
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
      if (wasCutOff) checkIntegrity(database, path);
      migrate(database, path);
      return new SqliteRecordsStore(database, path);
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
    throw new SluiceError('file-access-denied', 'the database cannot be made', { facts: { path }, cause: error });
  }
}

/** Worth its time only after an end that was not orderly. */
function checkIntegrity(database: Database.Database, path: string): void {
  const verdict = database.pragma('quick_check(1)', { simple: true });
  if (verdict !== 'ok') throw new SluiceError('database-unreadable', String(verdict), { facts: { path } });
}

class SqliteRecordsStore implements SqliteRecords {
  readonly #database: Database.Database;
  readonly #path: string;
  readonly #logSync: LogSync;
  readonly #selectAll: Database.Statement<[], DownloadRow>;
  readonly #upsert: Database.Statement<[string, string, number]>;
  readonly #delete: Database.Statement<[string]>;
  readonly #quarantine: Database.Statement<[string, string, string, number]>;

  constructor(database: Database.Database, path: string) {
    this.#database = database;
    this.#path = path;
    this.#logSync = new LogSync(path);
    this.#selectAll = database.prepare<[], DownloadRow>('SELECT id, record, seal FROM downloads').raw();
    this.#upsert = database.prepare(
      `INSERT INTO downloads (id, record, seal) VALUES (?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET record = excluded.record, seal = excluded.seal`,
    );
    this.#delete = database.prepare('DELETE FROM downloads WHERE id = ?');
    this.#quarantine = database.prepare('INSERT INTO set_aside (origin, content, reason, at_ms) VALUES (?, ?, ?, ?)');
  }

  loadDownloads(): DownloadRecord[] {
    return withRecordsErrors(this.#path, () => {
      const records: DownloadRecord[] = [];
      const shared = new SharedParts();
      const strangers: Stranger[] = [];
      for (const [id, record, seal] of this.#selectAll.iterate()) {
        const opened = openRow({ record, seal });
        if ('record' in opened && opened.record.id === id) records.push(shared.of(opened.record));
        else strangers.push({ id, record, reason: 'reason' in opened ? opened.reason : 'id: differs' });
      }
      this.#setRowsAside(strangers);
      return records.sort((left, right) => left.position - right.position);
    });
  }

  saveDownloads(records: readonly DownloadRecord[]): void {
    this.#change(() => {
      for (const record of records) {
        const row = sealRecord(record);
        this.#upsert.run(record.id, row.record, row.seal);
      }
    });
  }

  deleteDownloads(ids: readonly string[]): void {
    this.#change(() => {
      for (const id of ids) this.#delete.run(id);
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
      return defaultSettings;
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
      const queues: Queue[] = [];
      for (const text of this.#database.prepare<[], string>('SELECT queue FROM queues ORDER BY place').pluck().all()) {
        const parsed = queueSchema.safeParse(valueOf(text));
        if (parsed.success) queues.push(parsed.data);
        else this.#setQueueAside(text, describeIssues(parsed.error));
      }
      return queues;
    });
  }

  saveQueues(queues: readonly Queue[]): void {
    this.#change(() => {
      this.#database.prepare('DELETE FROM queues').run();
      const insert = this.#database.prepare<[number, string]>('INSERT INTO queues (place, queue) VALUES (?, ?)');
      for (const [place, queue] of queues.entries()) insert.run(place, JSON.stringify(queue));
    });
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
    withRecordsErrors(this.#path, () => this.#database.transaction(action).immediate());
    this.#logSync.soon();
  }

  #setQueueAside(text: string, reason: string): void {
    this.#quarantineQuietly(() => {
      this.#quarantine.run('queue', text, reason, Date.now());
      this.#database.prepare('DELETE FROM queues WHERE queue = ?').run(text);
    });
  }

  #setRowsAside(strangers: readonly Stranger[]): void {
    if (strangers.length === 0) return;
    this.#quarantineQuietly(() => {
      for (const { id, record, reason } of strangers) {
        this.#quarantine.run(id, record, reason, Date.now());
        this.#delete.run(id);
      }
    });
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

function valueOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
