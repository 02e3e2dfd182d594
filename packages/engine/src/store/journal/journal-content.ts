/** Everything a journal says, in memory: built by reading its lines, and turned back into lines to rewrite it. */
import { randomBytes } from 'node:crypto';
import type { Resource } from '../../plan/response/resource.ts';
import { storableTarget } from '../../plan/request/user-info.ts';
import type { FileFacts } from '../../ports/files.ts';
import type { ProcessRecord } from '../../plan/process/process-record.ts';
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
import type { Extent } from '../../plan/ranges/extent.ts';

export interface JournalHead {
  /** The link as the user gave it, without user name and password. */
  readonly url: string;
  readonly fileName: string;
  readonly createdAtMs: number;
  /** `FileFacts.identity` of the partial that the extents speak of. */
  readonly partialIdentity: string;
  /** Set for a second partial: the name that its file gets in the end, which is that of the first one. */
  readonly replaces?: string;
  /** Of the partials of one file, the one with the highest is of the version seen last. Default 0. */
  readonly revision?: number;
}

/** How an orderly end left the partial. */
export interface Rest {
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
}

/** How the partial looked right after its last sync. */
export type Seen = Pick<FileFacts, 'sizeBytes' | 'modifiedAtMs' | 'allocatedBytes'>;

/** The process that uses a partial, or did when it was last heard of. */
export interface Owner {
  /** {@link Files.owner} */
  readonly name: string;
  /** Null in journals of earlier releases. */
  readonly process: ProcessRecord | null;
  /** It held a lock of the system's on the partial. */
  readonly isLocked: boolean;
}

export interface JournalContent {
  readonly head: JournalHead;
  readonly resource: Resource | null;
  readonly claims: JournalClaims;
  readonly owner: Owner | null;
  readonly rest: Rest | null;
  readonly seen: Seen | null;
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
      return { ...content, owner: ownerOf(record) };
    case 'rest':
      return { ...content, rest: { sizeBytes: record.sizeBytes, modifiedAtMs: record.modifiedAtMs } };
    case 'seen': {
      const { kind: _, ...seen } = record;
      return { ...content, seen };
    }
  }
}

type OwnerFields = Pick<HeadLine, 'owner' | 'process' | 'isLocked'>;

export function ownerOf({ owner, process, isLocked = false }: OwnerFields): Owner | null {
  return owner === null ? null : { name: owner, process: process ?? null, isLocked };
}

export function ownerFieldsOf(owner: Owner | null): OwnerFields {
  if (owner === null) return { owner: null };
  const { name, process, isLocked } = owner;
  return { owner: name, ...(process === null ? {} : { process }), ...(isLocked ? { isLocked } : {}) };
}

export function newHeadLine(head: JournalHead, owner: string | null, more: Omit<OwnerFields, 'owner'> = {}): HeadLine {
  const generation = randomBytes(8).toString('hex');
  const { url, fileName, createdAtMs, partialIdentity, replaces, revision } = head;
  return {
    sluiceJournal: journalVersion,
    generation,
    url,
    fileName,
    createdAtMs,
    partialIdentity,
    ...(replaces === undefined ? {} : { replaces }),
    ...(revision === undefined ? {} : { revision }),
    owner,
    ...more,
  };
}

export function* extentRecords(sequence: number, extents: readonly Extent[]): Generator<JournalRecord> {
  for (let index = 0; index < extents.length; index += mostExtentsPerLine) {
    const some = extents.slice(index, index + mostExtentsPerLine);
    yield { kind: 'extents', sequence, extents: numbersOfExtents(some) };
  }
}

/** The records that say the same as the content in the fewest lines. */
function* recordsOf(content: JournalContent): Generator<JournalRecord> {
  const { resource, claims, rest, seen } = content;
  if (resource !== null) yield { kind: 'resource', resource };
  // After each line rather than once at the end: reading them is then as evenly spread as writing them.
  for (const record of extentRecords(claims.syncedSequence, claims.trusted())) {
    yield record;
    yield { kind: 'synced', sequence: claims.syncedSequence };
  }
  yield { kind: 'synced', sequence: claims.syncedSequence };
  for (const { sequence, extents } of claims.pending()) yield* extentRecords(sequence, extents);
  if (seen !== null) yield { kind: 'seen', ...seen };
  if (rest !== null) yield { kind: 'rest', ...rest };
}

/** A new head line, the seed for what follows it, and the following lines. */
export function encodeContent(content: JournalContent): { seed: number; lines: Generator<Buffer> } {
  const { owner, ...more } = ownerFieldsOf(content.owner);
  const headLine = encodeLine(newHeadLine(content.head, owner, more), 0);
  const seed = seedOf(headLine);
  function* lines(): Generator<Buffer> {
    yield headLine;
    for (const record of recordsOf(content)) yield encodeLine(record, seed);
  }
  return { seed, lines: lines() };
}
