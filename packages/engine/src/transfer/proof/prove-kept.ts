/** Proves bytes of a partial that no journal vouches for: by its checksum, or by what its link sends at several places. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { SluiceError } from '../../errors.ts';
import { parseChecksum } from '@sluice/contract';
import type { ByteRange } from '../../plan/ranges/range.ts';
import type { Resource } from '../../plan/response/resource.ts';
import { spreadWindows } from '../../plan/ranges/spread-windows.ts';
import { WrittenStretches } from '../../plan/ranges/written-stretches.ts';
import type { OpenFile } from '../../ports/files.ts';
import { compareRange, type Comparison } from './compare-range.ts';
import { verifyChecksum } from '../checksum/verify.ts';

const readBytes = 1024 * 1024;
const zeros = Buffer.alloc(readBytes);

export interface ProveKeptOptions extends Pick<Comparison, 'ports' | 'request'> {
  readonly file: OpenFile;
  /** As a download names it; null when none is known. */
  readonly checksum: string | null;
}

export interface ProvedKept {
  readonly resource: Resource;
  /** In order of place. What lies between them is fetched again. */
  readonly proved: readonly ByteRange[];
}

/**
 * Writes nothing.
 * @throws SluiceError `resource-changed` when nothing of it is what the link sends; `resume-unproved` when nothing in it
 *   can be compared; what kept the link from being asked, `range-ignored` among it
 */
export async function proveKept(options: ProveKeptOptions, signal: AbortSignal): Promise<ProvedKept> {
  const { file, request, checksum } = options;
  const { sizeBytes } = await file.facts();
  const unknown: Resource = {
    finalUrl: request.url,
    totalBytes: null,
    ranges: 'unknown',
    etag: null,
    lastModified: null,
    date: null,
    contentType: null,
    contentEncoding: null,
  };
  if (checksum !== null && sizeBytes > 0 && (await fits(file, { checksum, sizeBytes, signal }))) {
    return { resource: { ...unknown, totalBytes: sizeBytes }, proved: [{ start: 0, end: sizeBytes }] };
  }
  const stretches = await writtenStretches(file, sizeBytes, signal);
  let known: Resource | null = null;
  const wrong: ByteRange[] = [];
  for (const range of spreadWindows(stretches, { start: 0, end: 0 })) {
    const asked: Comparison = { ...options, url: request.url, partial: file, known: known ?? unknown, range };
    const { seen, isEqual } = await compareRange(asked, signal).catch(throwShorter);
    if (!isEqual) wrong.push(range);
    known ??= seen;
  }
  const totalBytes = known?.totalBytes ?? null;
  if (known === null || totalBytes === null) {
    throw new SluiceError('resume-unproved', 'nothing of it can be compared');
  }
  const isApart = (stretch: ByteRange) => wrong.every(({ start, end }) => end <= stretch.start || stretch.end <= start);
  const proved = stretches.filter(isApart);
  if (proved.length === 0 || sizeBytes > totalBytes) {
    throw new SluiceError('resource-changed', 'none of its bytes are those that the link leads to');
  }
  return { resource: known, proved };
}

/** It holds bytes where the file has ended. */
function throwShorter(error: unknown): never {
  if (!(error instanceof SluiceError) || error.code !== 'range-not-satisfiable') throw error;
  throw new SluiceError('resource-changed', 'the link leads to a shorter file', { cause: error });
}

async function fits(
  file: OpenFile,
  { checksum, ...reading }: { readonly checksum: string; readonly sizeBytes: number; readonly signal: AbortSignal },
): Promise<boolean> {
  try {
    await verifyChecksum(file, { checksum: parseChecksum(checksum), from: 'user' }, reading);
    return true;
  } catch (error) {
    if (error instanceof SluiceError && error.code === 'checksum-mismatch') return false;
    throw error;
  }
}

async function writtenStretches(file: OpenFile, sizeBytes: number, signal: AbortSignal): Promise<ByteRange[]> {
  const stretches = new WrittenStretches();
  const buffer = Buffer.allocUnsafe(Math.min(readBytes, sizeBytes));
  for (let at = 0; at < sizeBytes;) {
    signal.throwIfAborted();
    const count = await file.read(buffer.subarray(0, Math.min(buffer.length, sizeBytes - at)), at);
    if (count === 0) break;
    const bytes = buffer.subarray(0, count);
    if (bytes.equals(zeros.subarray(0, count))) stretches.takeZeros(count);
    else stretches.take(bytes);
    at += count;
    await nextTurn();
  }
  return stretches.end();
}
