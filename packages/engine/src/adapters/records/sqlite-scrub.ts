/** Takes out of a copy of the database what the list itself has dropped. */
import { constants } from 'node:fs';
import { copyFile, rename, rm } from 'node:fs/promises';
import Database from 'better-sqlite3';
import { downloadRecordSchema } from '../../download/record.ts';
import { splitSecrets } from '../../download/secrets.ts';
import { withoutUserInfo } from '../../plan/request/user-info.ts';
import { secretsVersion } from './sqlite-schema.ts';
import type { SealedSecrets } from './sqlite-secrets.ts';

/**
 * Leaves in the copy at `path` the secrets that are in `live`, as they are there, and no others. The rest of the list
 * stays as it was. A copy that an earlier release made keeps none at all. The copy is replaced as a whole: whatever
 * happens on the way, there is a sound one.
 * @returns whether there was anything to take out
 * @throws what SQLite or the disk says
 */
export async function scrubCopy(path: string, live: ReadonlyMap<string, SealedSecrets>): Promise<boolean> {
  const draftPath = `${path}.scrub`;
  if (!isInNeed(path, live)) return false;
  try {
    // Without copying a byte, where the disk can.
    await copyFile(path, draftPath, constants.COPYFILE_FICLONE);
    const draft = new Database(draftPath);
    try {
      draft.pragma('journal_mode = DELETE');
      draft.pragma('secure_delete = ON');
      const isFromBefore = !hasTable(draft);
      draft.transaction(() => (isFromBefore ? stripRows(draft) : dropOthers(draft, live))).immediate();
      // What was deleted then was not overwritten.
      if (isFromBefore) draft.exec('VACUUM');
    } finally {
      draft.close();
    }
    await rename(draftPath, path);
    return true;
  } finally {
    for (const suffix of ['', '-journal', '-wal', '-shm']) await rm(`${draftPath}${suffix}`, { force: true });
  }
}

/** Of a database that no process has open. */
export function readSealedSecrets(path: string): ReadonlyMap<string, SealedSecrets> {
  const database = new Database(path, { fileMustExist: true });
  try {
    return new Map(secretRows(database).map(([id, keyId, sealed]) => [id, { keyId, sealed }]));
  } finally {
    database.close();
  }
}

function isInNeed(path: string, live: ReadonlyMap<string, SealedSecrets>): boolean {
  // Not read-only: then the side files of a copy in write-ahead mode would stay.
  const copy = new Database(path, { fileMustExist: true });
  try {
    if (!hasTable(copy)) return hasUnsplitRows(copy);
    for (const row of secretRows(copy)) if (!isLive(row, live)) return true;
    return false;
  } finally {
    copy.close();
  }
}

function hasTable(database: Database.Database): boolean {
  return Number(database.pragma('user_version', { simple: true })) >= secretsVersion;
}

type Row = readonly [id: string, keyId: string, sealed: Buffer];

function secretRows(database: Database.Database): readonly Row[] {
  return database.prepare<[], Row>('SELECT id, key_id, sealed FROM secrets').raw().all();
}

function isLive([id, keyId, sealed]: Row, live: ReadonlyMap<string, SealedSecrets>): boolean {
  const now = live.get(id);
  // A damaged row may be of any type.
  return now !== undefined && now.keyId === keyId && Buffer.isBuffer(sealed) && sealed.equals(now.sealed);
}

/** Or pages of rows that were deleted and not overwritten. */
function hasUnsplitRows(database: Database.Database): boolean {
  if (database.pragma('freelist_count', { simple: true }) !== 0) return true;
  for (const text of database.prepare<[], string>('SELECT record FROM downloads').pluck().iterate()) {
    if (strippedRecord(text) !== text) return true;
  }
  return false;
}

function dropOthers(database: Database.Database, live: ReadonlyMap<string, SealedSecrets>): void {
  const drop = database.prepare<[string]>('DELETE FROM secrets WHERE id = ?');
  const replace = database.prepare<[string, Uint8Array, string]>(
    'UPDATE secrets SET key_id = ?, sealed = ? WHERE id = ?',
  );
  for (const row of secretRows(database)) {
    if (isLive(row, live)) continue;
    const now = live.get(row[0]);
    if (now === undefined) drop.run(row[0]);
    else replace.run(now.keyId, now.sealed, row[0]);
  }
}

/** Of a release that kept secrets in the record itself; it still reads what is left. */
function stripRows(database: Database.Database): void {
  const update = database.prepare<[string, string]>('UPDATE downloads SET record = ? WHERE id = ?');
  const drop = database.prepare<[string]>('DELETE FROM downloads WHERE id = ?');
  const rows = database.prepare<[], readonly [string, string]>('SELECT id, record FROM downloads').raw().all();
  for (const [id, text] of rows) {
    const stripped = strippedRecord(text);
    if (stripped === null) drop.run(id);
    else if (stripped !== text) update.run(stripped, id);
  }
}

/** Only what was taken out differs: an older release need not know the fields of this one. Null: it cannot be read. */
function strippedRecord(text: string): string | null {
  const value = parse(text);
  const parsed = downloadRecordSchema.safeParse(value);
  if (!parsed.success || typeof value !== 'object' || value === null) return null;
  const { open, secrets } = splitSecrets(parsed.data);
  if (secrets === null) return text;
  return JSON.stringify({ ...value, url: open.url, headers: open.headers, request: open.request });
}

/** A row that makes no sense is kept for a person to look at, and may still hold what was secret. */
export function withoutSecretFields(text: string): string {
  const value = parse(text);
  if (typeof value !== 'object' || value === null) return text;
  const { url, headers, request }: { url?: unknown; headers?: unknown; request?: unknown } = value;
  if (headers === undefined && request === undefined && typeof url !== 'string') return text;
  return JSON.stringify({
    ...value,
    ...(typeof url === 'string' ? { url: withoutUserInfo(url) } : {}),
    ...(headers === undefined ? {} : { headers: {} }),
    ...(request === undefined ? {} : { request: {} }),
  });
}

/** What a person may know a damaged row by; null where nothing of the kind can be read. */
export function nameIn(text: string): string | null {
  for (const field of ['fileName', 'wantedName', 'url']) {
    const quoted = new RegExp(String.raw`"${field}":("(?:[^"\\]|\\.)+")`).exec(text)?.[1];
    const value = quoted === undefined ? null : parse(quoted);
    if (typeof value !== 'string') continue;
    if (field !== 'url') return value;
    const url = URL.parse(value);
    // Whatever else is in a link may open a door.
    return url === null ? null : `${url.protocol}//${url.host}${url.pathname}`;
  }
  return null;
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
