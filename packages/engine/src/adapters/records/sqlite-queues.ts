/** The table of queues: what it holds, and for a queue that makes no sense what good copies of the database say of it. */
import { type Queue, queueSchema } from '@sluice/contract';
import type { Database } from 'better-sqlite3';
import { inCopy } from './sqlite-copies.ts';
import { describeIssues } from './sqlite-seal.ts';
import { valueOf } from './sqlite-value.ts';

export interface DamagedQueue {
  readonly place: number;
  readonly text: string;
  readonly reason: string;
}

/** In the order in which they were made. */
export interface QueueRows {
  readonly queues: ReadonlyMap<number, Queue>;
  readonly damaged: readonly DamagedQueue[];
}

/** The text of a damaged row may be of any type. */
type QueueRow = [place: number, queue: unknown];

export function readQueues(database: Database): QueueRows {
  const queues = new Map<number, Queue>();
  const damaged: DamagedQueue[] = [];
  for (const [place, stored] of database
    .prepare<[], QueueRow>('SELECT place, queue FROM queues ORDER BY place')
    .raw()
    .all()) {
    const parsed = queueSchema.safeParse(valueOf(stored));
    if (parsed.success) queues.set(place, parsed.data);
    else damaged.push({ place, text: textOf(stored), reason: describeIssues(parsed.error) });
  }
  return { queues, damaged };
}

/** Replaces all of them. */
export function writeQueues(database: Database, queues: readonly Queue[]): void {
  database.prepare('DELETE FROM queues').run();
  const insert = database.prepare<[number, string]>('INSERT INTO queues (place, queue) VALUES (?, ?)');
  for (const [place, queue] of queues.entries()) insert.run(place, JSON.stringify(queue));
}

/**
 * @param paths newest first
 * @returns for each damaged queue, by place, what the newest copy that has it whole says. It is known by its id, and
 *   where that cannot be read by its place
 */
export function copiedQueues(paths: readonly string[], { queues, damaged }: QueueRows): ReadonlyMap<number, Queue> {
  const found = new Map<number, Queue>();
  const taken = new Set([...queues.values()].map(({ id }) => id));
  for (const path of paths) {
    const missing = damaged.filter(({ place }) => !found.has(place));
    if (missing.length === 0) break;
    const rows = inCopy(path, readQueues);
    if (rows === undefined) continue;
    // Those that can still be read first, so that none of them goes to another's place.
    for (const { place, text } of missing.toSorted(
      (left, right) => Number(idIn(left.text) === null) - Number(idIn(right.text) === null),
    )) {
      const id = idIn(text);
      const copy = id === null ? rows.queues.get(place) : [...rows.queues.values()].find((one) => one.id === id);
      if (copy === undefined || taken.has(copy.id)) continue;
      found.set(place, copy);
      taken.add(copy.id);
    }
  }
  return found;
}

/** For telling a person which queue is lost. */
export function queueNameIn(text: string): string {
  return /"name":"((?:[^"\\]|\\.){1,100})"/.exec(text)?.[1] ?? 'queue';
}

function idIn(text: string): string | null {
  return /"id":"((?:[^"\\]|\\.){1,100})"/.exec(text)?.[1] ?? null;
}

function textOf(stored: unknown): string {
  return typeof stored === 'string' ? stored : Buffer.isBuffer(stored) ? stored.toString('latin1') : String(stored);
}
