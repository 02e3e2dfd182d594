/**
 * The journal on disk: text lines `<crc32 as 8 hex digits> <json>\n`.
 *
 * The first line is the head; its checksum stands alone, so that every version can read every other's head. The
 * checksum of each later line starts from the head's bytes: a line that an earlier file left in a reused disk
 * block does not pass for one of this file, because the head holds a random `generation`.
 *
 * A record kind that an older reader may not skip needs a new version; other kinds may be added freely.
 */
import { crc32 } from 'node:zlib';
import { byteCountSchema, checksumAlgorithms, epochMsSchema } from '@sluice/contract';
import { z } from 'zod';
import type { Extent } from '../../plan/ranges/extent.ts';
import type { ByteRange } from '../../plan/ranges/range.ts';
import type { Resource } from '../../plan/response/resource.ts';
import type { ProcessRecord } from '../../plan/process/process-record.ts';

export const journalVersion = 1;

/** More extents than this go into several lines, so that one torn line costs little. */
export const mostExtentsPerLine = 1024;

/** No line is longer: what is, is not a journal. */
export const longestLineBytes = 1024 * 1024;

/** See {@link ProcessRecord}. */
const processSchema = z.object({
  machine: z.string().nullable(),
  boot: z.string().nullable(),
  namespace: z.string().nullable(),
  pid: z.number().int().min(0),
  started: z.string().nullable(),
}) satisfies z.ZodType<ProcessRecord>;

/** What stands beside the owner's name; journals from before it do without. */
const ownerFields = { process: processSchema.exactOptional(), isLocked: z.boolean().exactOptional() };
export const ownerFieldsSchema = z.object({ owner: z.string().nullable(), ...ownerFields });

export const headLineSchema = z.object({
  sluiceJournal: z.literal(journalVersion),
  generation: z.string(),
  url: z.string(),
  fileName: z.string().min(1),
  createdAtMs: epochMsSchema,
  partialIdentity: z.string(),
  /** The process that made the file; null when it has no name. */
  owner: z.string().nullable(),
  ...ownerFields,
  /** Of a second partial: the name of the file whose other version it gathers. Readers that do not know it skip it. */
  replaces: z.string().min(1).exactOptional(),
  /** Of the partials of one file, the one with the highest is of the version seen last; absent is 0. */
  revision: z.number().int().min(0).exactOptional(),
});
export type HeadLine = z.infer<typeof headLineSchema>;

const resourceSchema = z.object({
  finalUrl: z.string(),
  totalBytes: byteCountSchema.nullable(),
  ranges: z.enum(['proved', 'offered', 'unknown', 'refused']),
  refusedBecause: z.enum(['stated', 'ignored', 'garbled', 'status']).exactOptional(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  date: z.string().nullable(),
  contentType: z.string().nullable(),
  contentEncoding: z.string().nullable(),
  checksums: z
    .array(z.object({ algorithm: z.enum(checksumAlgorithms), hex: z.string() }))
    .readonly()
    .exactOptional(),
}) satisfies z.ZodType<Resource>;

const sequenceSchema = z.number().int().min(0);

/** Checked as a whole: a journal holds them by the hundred thousand, and is read while a window is open. */
function numbersSchema(areSound: (numbers: readonly number[]) => boolean): z.ZodType<number[]> {
  return z.custom<number[]>(
    (value) =>
      Array.isArray(value) && value.every((number) => Number.isSafeInteger(number) && number >= 0) && areSound(value),
  );
}

const recordSchema = z.discriminatedUnion('kind', [
  /** What is known of the remote bytes; the last one counts. */
  z.object({ kind: z.literal('resource'), resource: resourceSchema }),
  /** Bytes written to the partial, as start, end, CRC-32, start, end, CRC-32… */
  z.object({ kind: z.literal('extents'), sequence: sequenceSchema, extents: numbersSchema(areExtents) }),
  /** Every extent with this sequence or a lower one is durable. */
  z.object({ kind: z.literal('synced'), sequence: sequenceSchema }),
  /** Extents that touch these bytes no longer count, as start, end, start, end… */
  z.object({ kind: z.literal('lost'), ranges: numbersSchema(areRanges) }),
  /** The process that uses the partial from here on; null when it is free. */
  z.object({ kind: z.literal('owner'), owner: z.string().nullable(), ...ownerFields }),
  /** How the partial was left by an orderly end; void once extents follow. */
  z.object({ kind: z.literal('rest'), sizeBytes: byteCountSchema, modifiedAtMs: z.number() }),
  /** How the partial looked right after a sync. A reader that finds it otherwise reads all of it again. */
  z.object({
    kind: z.literal('seen'),
    sizeBytes: byteCountSchema,
    modifiedAtMs: z.number(),
    allocatedBytes: z.number().min(0).nullable(),
  }),
]);
export type JournalRecord = z.infer<typeof recordSchema>;

const knownKinds: ReadonlySet<unknown> = new Set(['resource', 'extents', 'synced', 'lost', 'owner', 'rest', 'seen']);

/** Encodes any value as a line. `seed` is 0 for the head and {@link seedOf} the head line for the rest. */
export function encodeLine(value: HeadLine | JournalRecord, seed: number): Buffer {
  const json = Buffer.from(JSON.stringify(value));
  const checksum = crc32(json, seed).toString(16).padStart(8, '0');
  return Buffer.concat([Buffer.from(`${checksum} `), json, Buffer.from('\n')]);
}

/** @param line with or without its line end */
export function seedOf(headLine: Uint8Array): number {
  const end = headLine.at(-1) === 0x0a ? headLine.length - 1 : headLine.length;
  return crc32(headLine.subarray(0, end));
}

/** The JSON value of a line without its line end, or undefined when the checksum says it is not whole. */
export function decodeLine(line: Buffer, seed: number): unknown {
  if (line.length < 10 || line.length > longestLineBytes || line[8] !== 0x20) return undefined;
  const checksum = line.toString('latin1', 0, 8);
  if (!/^[0-9a-f]{8}$/.test(checksum)) return undefined;
  const json = line.subarray(9);
  if (crc32(json, seed) !== Number.parseInt(checksum, 16)) return undefined;
  try {
    const value: unknown = JSON.parse(json.toString('utf8'));
    return value;
  } catch {
    return undefined;
  }
}

/** Null for a kind from a later release of this version; undefined for what is no record at all. */
export function parseRecord(value: unknown): JournalRecord | null | undefined {
  const parsed = recordSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { kind } = z.object({ kind: z.string() }).safeParse(value).data ?? {};
  return kind === undefined || knownKinds.has(kind) ? undefined : null;
}

function areExtents(numbers: readonly number[]): boolean {
  return (
    numbers.length % 3 === 0 &&
    extentsOf(numbers).every(({ start, end, crc32: crc }) => start < end && crc <= 0xffffffff)
  );
}

function areRanges(numbers: readonly number[]): boolean {
  return numbers.length % 2 === 0;
}

export function numbersOfExtents(extents: readonly Extent[]): number[] {
  return extents.flatMap((extent) => [extent.start, extent.end, extent.crc32]);
}

export function extentsOf(numbers: readonly number[]): Extent[] {
  const extents: Extent[] = [];
  for (let index = 0; index + 2 < numbers.length; index += 3) {
    const [start = 0, end = 0, crc = 0] = [numbers[index], numbers[index + 1], numbers[index + 2]];
    extents.push({ start, end, crc32: crc });
  }
  return extents;
}

export function numbersOfRanges(ranges: readonly ByteRange[]): number[] {
  return ranges.flatMap((range) => [range.start, range.end]);
}

export function rangesOf(numbers: readonly number[]): ByteRange[] {
  const ranges: ByteRange[] = [];
  for (let index = 0; index + 1 < numbers.length; index += 2) {
    const [start = 0, end = 0] = [numbers[index], numbers[index + 1]];
    ranges.push({ start, end });
  }
  return ranges;
}
