/** Everything a journal says, in memory: built by reading its lines, and turned back into lines to rewrite it. */
import { randomBytes } from 'node:crypto';
import type { Resource } from '../plan/resource.ts';
import { storableTarget } from '../plan/user-info.ts';
import type { JournalClaims } from './journal-claims.ts';
import {
  encodeLine,
  extentsOf,
  type HeadLine,
  type JournalRecord,
  journalVersion,
  mostExtentsPerLine,
  numbersOfExtents,
  rangesOf,
  seedOf,
} from './journal-format.ts';
import type { Extent } from '../plan/extent.ts';

export interface JournalHead {
  /** The link as the user gave it, without user name and password. */
  readonly url: string;
  readonly fileName: string;
  readonly createdAtMs: number;
  /** `FileFacts.identity` of the partial that the extents speak of. */
  readonly partialIdentity: string;
}

/** How an orderly end left the partial. */
export interface Rest {
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
}

export interface JournalContent {
  readonly head: JournalHead;
  readonly resource: Resource | null;
  readonly claims: JournalClaims;
  /** The process that uses the partial, or did when it was last heard of. */
  readonly owner: string | null;
  readonly rest: Rest | null;
}

/** The resource as a journal keeps it. @param link the download's own, without user name and password */
export function withoutSecrets(resource: Resource, link: string): Resource {
  return { ...resource, finalUrl: storableTarget(resource.finalUrl, link) };
}

/** Applies one record. `claims` is changed in place. */
export function applyRecord(content: JournalContent, record: JournalRecord): JournalContent {
  switch (record.kind) {
    case 'resource':
      return { ...content, resource: record.resource };
    case 'extents':
      content.claims.record(record.sequence, extentsOf(record.extents));
      return content.rest === null ? content : { ...content, rest: null };
    case 'synced':
      content.claims.synced(record.sequence);
      return content;
    case 'lost':
      content.claims.lost(rangesOf(record.ranges));
      return content;
    case 'owner':
      return { ...content, owner: record.owner };
    case 'rest':
      return { ...content, rest: { sizeBytes: record.sizeBytes, modifiedAtMs: record.modifiedAtMs } };
  }
}

export function newHeadLine(head: JournalHead, owner: string | null): HeadLine {
  const { url, fileName, createdAtMs, partialIdentity } = head;
  const generation = randomBytes(8).toString('hex');
  return { sluiceJournal: journalVersion, generation, url, fileName, createdAtMs, partialIdentity, owner };
}

export function* extentRecords(sequence: number, extents: readonly Extent[]): Generator<JournalRecord> {
  for (let index = 0; index < extents.length; index += mostExtentsPerLine) {
    const some = extents.slice(index, index + mostExtentsPerLine);
    yield { kind: 'extents', sequence, extents: numbersOfExtents(some) };
  }
}

/** The records that say the same as the content in the fewest lines. */
function* recordsOf(content: JournalContent): Generator<JournalRecord> {
  const { resource, claims, rest } = content;
  if (resource !== null) yield { kind: 'resource', resource };
  // After each line rather than once at the end: reading them is then as evenly spread as writing them.
  for (const record of extentRecords(claims.syncedSequence, claims.trusted())) {
    yield record;
    yield { kind: 'synced', sequence: claims.syncedSequence };
  }
  yield { kind: 'synced', sequence: claims.syncedSequence };
  for (const { sequence, extents } of claims.pending()) yield* extentRecords(sequence, extents);
  if (rest !== null) yield { kind: 'rest', ...rest };
}

/** A new head line, the seed for what follows it, and the following lines. */
export function encodeContent(content: JournalContent): { seed: number; lines: Generator<Buffer> } {
  const headLine = encodeLine(newHeadLine(content.head, content.owner), 0);
  const seed = seedOf(headLine);
  function* lines(): Generator<Buffer> {
    yield headLine;
    for (const record of recordsOf(content)) yield encodeLine(record, seed);
  }
  return { seed, lines: lines() };
}
