/** Reads a journal file into memory, believing no line whose checksum does not fit. Never writes. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { dirname } from 'node:path';
import { SluiceError } from '@sluice/contract';
import { z } from 'zod';
import { journalSuffix, partialName } from '../../plan/names/file-names.ts';
import type { Resource } from '../../plan/response/resource.ts';
import type { Files, OpenFile } from '../../ports/files.ts';
import { JournalClaims } from './journal-claims.ts';
import { applyRecord, type JournalContent, type JournalHead, ownerOf, withoutSecrets } from './journal-content.ts';
import { longestJournalBytes } from './journal-length.ts';
import { decodeLine, headLineSchema, journalVersion, longestLineBytes, parseRecord, seedOf } from './journal-format.ts';

/** About five milliseconds' worth. */
const pauseEveryBytes = 128 * 1024;

const anyHeadSchema = z.object({ sluiceJournal: z.number().int().min(1) });

export interface ReadJournal {
  readonly content: JournalContent;
  readonly seed: number;
  /** Bytes up to the end of the last line before the first bad one: where the next record belongs. */
  readonly soundBytes: number;
  /** Bad bytes follow: a torn tail, to be cut off before anything is appended. */
  readonly torn: boolean;
  /** Good lines follow a bad one: what they say was taken in, and the file needs to be written anew. */
  readonly damaged: boolean;
  /** An earlier release noted the signature of a redirect or a login: the file needs to be written anew. */
  readonly holdsSecrets: boolean;
}

/**
 * Leaves room for other work while it reads.
 * @throws `journal-unreadable`, also without a look at one that is another user's or longer than its file can need;
 *   `journal-too-new`
 */
export async function readJournal(files: Pick<Files, 'lookUp' | 'isOwnFile'>, file: OpenFile): Promise<ReadJournal> {
  const facts = await file.facts();
  const { sizeBytes } = facts;
  if (!(await files.isOwnFile(dirname(file.path), facts))) throw unreadable(file.path, 'of another user');
  const isTooLong =
    sizeBytes > longestJournalBytes(0) && sizeBytes > longestJournalBytes(await sizeOfFile(files, file.path));
  if (isTooLong) throw unreadable(file.path, 'too long');
  const bytes = Buffer.allocUnsafe(sizeBytes);
  const parsing = parseJournal(bytes.subarray(0, await file.read(bytes, 0)), file.path);
  for (;;) {
    const step = parsing.next();
    if (step.done === true) return step.value;
    await nextTurn();
  }
}

/** Of the partial beside the journal, or of what it has become. */
async function sizeOfFile(files: Pick<Files, 'lookUp'>, journalPath: string): Promise<number> {
  if (!journalPath.endsWith(journalSuffix)) return 0;
  const path = journalPath.slice(0, -journalSuffix.length);
  return ((await files.lookUp(partialName(path))) ?? (await files.lookUp(path)))?.sizeBytes ?? 0;
}

/** Reads no more than the head. @throws `journal-unreadable`, `journal-too-new` */
export async function readHead(file: OpenFile): Promise<JournalHead> {
  for (const lengthBytes of [4096, longestLineBytes]) {
    const bytes = Buffer.allocUnsafe(lengthBytes);
    const start = bytes.subarray(0, await file.read(bytes, 0));
    const lineEnd = start.indexOf(0x0a);
    if (lineEnd < 0) continue;
    return parseHead(start.subarray(0, lineEnd), file.path).head;
  }
  throw unreadable(file.path, 'no head');
}

/** Yields now and then. */
export function* parseJournal(bytes: Buffer, path: string): Generator<void, ReadJournal, void> {
  const headEnd = bytes.indexOf(0x0a);
  if (headEnd < 0) throw unreadable(path, 'no head');
  const headLine = bytes.subarray(0, headEnd);
  const seed = seedOf(headLine);
  const { head, owner } = parseHead(headLine, path);
  let content: JournalContent = { head, owner, resource: null, claims: new JournalClaims(), rest: null, seen: null };
  let soundBytes = headEnd + 1;
  let torn = false;
  let damaged = false;
  let isCorrupt = false;
  let holdsSecrets = false;
  let pauseAt = pauseEveryBytes;
  for (let start = soundBytes; start < bytes.length;) {
    if (start >= pauseAt) {
      pauseAt = start + pauseEveryBytes;
      yield;
    }
    const found = bytes.indexOf(0x0a, start);
    const end = found < 0 ? bytes.length : found;
    const record = found < 0 ? undefined : parseRecord(decodeLine(bytes.subarray(start, end), seed));
    start = end + 1;
    if (record === undefined) {
      torn = true;
      continue;
    }
    if (!torn) soundBytes = start;
    else damaged = true;
    // These are synced at once, and all before them with them: no power cut tears a line in front of one.
    isCorrupt ||= torn && (record?.kind === 'synced' || record?.kind === 'lost');
    if (record === null) continue;
    holdsSecrets ||= record.kind === 'resource' && isWithSecrets(record.resource, head.url);
    content = applyRecord(content, record);
  }
  if (holdsSecrets && content.resource !== null) {
    content = { ...content, resource: withoutSecrets(content.resource, head.url) };
  }
  // The bad line may have been the one that withdrew a claim: check them all.
  if (isCorrupt) content.claims.distrust();
  return { content: damaged ? { ...content, rest: null } : content, seed, soundBytes, torn, damaged, holdsSecrets };
}

function isWithSecrets(resource: Resource, link: string): boolean {
  return withoutSecrets(resource, link).finalUrl !== resource.finalUrl;
}

function parseHead(line: Buffer, path: string): Pick<JournalContent, 'head' | 'owner'> {
  const value = decodeLine(line, 0);
  const any = anyHeadSchema.safeParse(value);
  if (!any.success) throw unreadable(path, 'the head is damaged');
  if (any.data.sluiceJournal > journalVersion) {
    throw new SluiceError('journal-too-new', 'written by a newer release', {
      facts: { path, version: any.data.sluiceJournal, newestKnown: journalVersion },
    });
  }
  const head = headLineSchema.safeParse(value);
  if (!head.success) throw unreadable(path, 'the head makes no sense');
  const { url, fileName, createdAtMs, partialIdentity, replaces, revision } = head.data;
  const tie = { ...(replaces === undefined ? {} : { replaces }), ...(revision === undefined ? {} : { revision }) };
  return { head: { url, fileName, createdAtMs, partialIdentity, ...tie }, owner: ownerOf(head.data) };
}

function unreadable(path: string, detail: string): SluiceError {
  return new SluiceError('journal-unreadable', detail, { facts: { path } });
}
