/**
 * A download's row: its document, and a seal that says which schema the document has passed.
 *
 * Parsing 100 000 documents with the schema takes longer than all the rest of a start. So a document is parsed
 * when it is written, and sealed with a checksum over schema and text. Read under the same schema with the seal
 * whole, it is what was parsed then; any other row is parsed again.
 */
import { crc32 } from 'node:zlib';
import { SluiceError } from '@sluice/contract';
import { z } from 'zod';
import { type DownloadRecord, downloadRecordSchema } from '../../download/record.ts';

const schemaSeed = crc32(JSON.stringify(z.toJSONSchema(downloadRecordSchema, { unrepresentable: 'any' })));

export interface SealedRow {
  readonly record: string;
  readonly seal: number;
}

/** @throws `internal` for a record that could not be read back */
export function sealRecord(record: DownloadRecord): SealedRow {
  const parsed = downloadRecordSchema.safeParse(record);
  if (!parsed.success) {
    throw new SluiceError('internal', `a download's record is malformed: ${describeIssues(parsed.error)}`);
  }
  const text = JSON.stringify(parsed.data);
  return { record: text, seal: crc32(text, schemaSeed) };
}

/** `isSealed`: written by a release with this very schema. */
export type OpenedRow = { readonly record: DownloadRecord; readonly isSealed: boolean } | { readonly reason: string };

export function openRow(row: SealedRow): OpenedRow {
  let value: unknown;
  try {
    value = JSON.parse(row.record);
  } catch {
    return { reason: 'not JSON' };
  }
  if (crc32(row.record, schemaSeed) === row.seal) return { record: asSealed(value), isSealed: true };
  const parsed = downloadRecordSchema.safeParse(value);
  return parsed.success ? { record: parsed.data, isSealed: false } : { reason: describeIssues(parsed.error) };
}

/** Sound only for a value whose text bears an unbroken seal: the schema has passed that very text. */
function asSealed(value: unknown): DownloadRecord {
  return value as DownloadRecord;
}

/** Where a value does not fit, without the value itself: links hold secrets. */
export function describeIssues(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || '(all)'}: ${issue.code}`).join(', ');
}
