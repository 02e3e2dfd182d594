/** The database's tables, as numbered steps that are only ever added to. */
import { rmSync } from 'node:fs';
import { SluiceError } from '@sluice/contract';
import type { Database } from 'better-sqlite3';

/** "SLUI": tells our database from another program's. */
const applicationId = 0x534c5549;

/**
 * Step n takes a database from version n to n + 1. A step that has been released never changes.
 *
 * A download is one JSON document: what a download remembers grows with every release, and a field more should
 * not be a migration. `seal` is the checksum that lets a reader skip parsing it again.
 */
export const migrations: readonly string[] = [
  `CREATE TABLE downloads (id TEXT NOT NULL PRIMARY KEY, record TEXT NOT NULL, seal INTEGER NOT NULL);
   CREATE TABLE settings (id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), settings TEXT NOT NULL);
   CREATE TABLE set_aside (origin TEXT NOT NULL, content TEXT NOT NULL, reason TEXT NOT NULL, at_ms INTEGER NOT NULL);`,
  `CREATE TABLE host_lessons (host TEXT NOT NULL PRIMARY KEY, lesson TEXT NOT NULL);`,
  `CREATE TABLE queues (place INTEGER NOT NULL PRIMARY KEY, queue TEXT NOT NULL);`,
  // Rows from before still hold their secrets; the first load moves them over.
  `CREATE TABLE secrets (id TEXT NOT NULL PRIMARY KEY, key_id TEXT NOT NULL, sealed BLOB NOT NULL);
   ALTER TABLE downloads ADD COLUMN has_secrets INTEGER NOT NULL DEFAULT 0;`,
];

function numberOf(database: Database, pragma: string): number {
  const value = database.pragma(pragma, { simple: true });
  return typeof value === 'number' ? value : 0;
}

/**
 * Reads, and changes nothing.
 * @throws `database-unreadable` when a newer release or another program wrote it
 */
export function requireOurs(database: Database, path: string, steps: readonly string[] = migrations): void {
  const version = numberOf(database, 'user_version');
  const owner = numberOf(database, 'application_id');
  const isEmpty = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
  if (owner !== applicationId && !(isEmpty && owner === 0)) {
    throw new SluiceError('database-unreadable', 'another program made this database', { facts: { path } });
  }
  if (version > steps.length) {
    throw new SluiceError('database-unreadable', 'written by a newer release', {
      facts: { path, version, newestKnown: steps.length },
    });
  }
}

/**
 * Brings the database up to date, step by step, each all or nothing. What was there before is copied to
 * `<path>.version-<n>` first.
 * @returns the version it had
 */
export function migrate(database: Database, path: string, steps: readonly string[] = migrations): number {
  const version = numberOf(database, 'user_version');
  if (version >= steps.length) return version;
  if (version > 0) copyBefore(database, `${path}.version-${version}`);
  for (const [index, step] of steps.entries()) {
    if (index < version) continue;
    database
      .transaction(() => {
        database.exec(step);
        database.pragma(`application_id = ${applicationId}`);
        database.pragma(`user_version = ${index + 1}`);
      })
      .immediate();
  }
  return version;
}

/** From this version on secrets stand in a table of their own, and what is deleted is overwritten. */
export const secretsVersion = 4;

function copyBefore(database: Database, copyPath: string): void {
  rmSync(copyPath, { force: true });
  database.prepare('VACUUM INTO ?').run(copyPath);
}
