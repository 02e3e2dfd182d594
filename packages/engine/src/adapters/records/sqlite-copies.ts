/** Reads single rows out of good copies of the database, for those that are damaged in the list itself. */
import { existsSync } from 'node:fs';
import { type Settings, settingsSchema } from '@sluice/contract';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { DownloadRecord } from '../../download/record.ts';
import { openRow } from './sqlite-seal.ts';

/** Rows that could not be read when the list was. */
export interface RecordsDamage {
  /** The downloads, settings and queues that are as the newest copy that has them whole says. */
  readonly restored: readonly string[];
  /** What no copy has, named as well as what was set aside of it allows. */
  readonly lost: readonly string[];
}

/** `hasSecrets`: they stand in the list's own table, if they are still needed. */
export interface CopiedRecord {
  readonly record: DownloadRecord;
  readonly hasSecrets: boolean;
}

/** @param paths newest first @returns for each download that a copy has whole: its record in the newest of those */
export function copiedRecords(paths: readonly string[], ids: readonly string[]): ReadonlyMap<string, CopiedRecord> {
  const found = new Map<string, CopiedRecord>();
  for (const path of paths) {
    const missing = ids.filter((id) => !found.has(id));
    if (missing.length === 0) break;
    inCopy(path, (copy) => {
      const select = copy
        .prepare<[string], [string, number, number]>('SELECT record, seal, has_secrets FROM downloads WHERE id = ?')
        .raw();
      for (const id of missing) {
        const row = select.get(id);
        if (row === undefined) continue;
        const opened = openRow({ record: row[0], seal: row[1] });
        if ('record' in opened && opened.record.id === id)
          found.set(id, { record: opened.record, hasSecrets: row[2] === 1 });
      }
    });
  }
  return found;
}

/** @param paths newest first */
export function copiedSettings(paths: readonly string[]): Settings | null {
  for (const path of paths) {
    const settings = inCopy(path, (copy) => {
      const text = copy.prepare<[], string>('SELECT settings FROM settings').pluck().get();
      return jsonSettings.safeParse(text).data;
    });
    if (settings !== undefined) return settings;
  }
  return null;
}

const jsonSettings = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'not JSON' });
      return z.NEVER;
    }
  })
  .pipe(settingsSchema);

/** A copy that cannot be read, or that a release with other tables made, has nothing to give. */
export function inCopy<T>(path: string, read: (copy: Database.Database) => T): T | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const copy = new Database(path, { readonly: true, fileMustExist: true });
    try {
      return read(copy);
    } finally {
      copy.close();
    }
  } catch {
    return undefined;
  }
}
