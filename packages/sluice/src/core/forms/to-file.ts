/** Downloads into a file: the whole over as many connections as pay, or a part of it as a file of its own. */
import { basename, dirname, resolve } from 'node:path';
import { diskError, type FileSpec, headersByName, parseChecksum } from '@sluice/engine';
import { type Digests, digestsOfFile } from '../digests.ts';
import { meansResume } from '../options/file-range.ts';
import { optionError } from '../options/option-error.ts';
import type { FileOptions, FolderOptions } from '../options/options.ts';
import type { FileResult } from '../results.ts';
import { requireOriginMarks } from '../options/session.ts';
import type { Order } from './order.ts';

const defaultMaxConnections = 8;
const defaultChunkBytes = 64 * 1024;

type FileOrder = Omit<Order, 'options'> & { readonly options: FileOptions | FolderOptions };

/** @throws SluiceError as `download` does */
export async function toFile(order: FileOrder): Promise<FileResult> {
  const { direct, options, spec, stop } = order;
  if (options.markOrigin === true) await requireOriginMarks();
  const place = placeOf(options);
  const asked = { ...place, overwrite: place.whenTaken === 'replace' };
  if (spec.rangeGiven !== null && !(await meansResume(spec.rangeGiven, asked))) return partToFile(order);
  const fetched = await direct.fetchFile(
    {
      ...spec,
      ...place,
      resumes: options.resume ?? true,
      onChanged: options.onChanged ?? 'new',
      ...(options.onVersionChange === undefined ? {} : { onChange: options.onVersionChange }),
      keepsPartial: options.keepPartial ?? true,
      findsChecksum: options.findChecksum ?? false,
      readsBack: options.verify ?? false,
      marksOrigin: options.markOrigin ?? false,
      maxConnections: options.maxConnections ?? defaultMaxConnections,
    },
    stop.signal,
  );
  const { path, sizeBytes, resumedFromBytes, verifiedBy, digest, resource, head, change, replacedBytes, keptApart } =
    fetched;
  const response = head === null ? null : { status: head.status, headers: headersByName(head.headers) };
  const digests = await digestsOf(order, path, digest);
  const finalUrl = resource?.finalUrl ?? spec.url;
  return {
    kind: 'file',
    path,
    sizeBytes,
    resumedFromBytes,
    verifiedBy,
    digests,
    finalUrl,
    response,
    ...(change === null ? {} : { change }),
    ...(replacedBytes === null ? {} : { replacedBytes }),
    ...(keptApart === null ? {} : { keptApart }),
  };
}

/** Some bytes of a resource, as a file of their own. */
async function partToFile(order: FileOrder): Promise<FileResult> {
  const { direct, options, spec, stop } = order;
  const { chunkBytes = defaultChunkBytes, markOrigin: marksOrigin = false } = options;
  const part = { ...spec, ...placeOf(options), chunkBytes, marksOrigin };
  const { path, sizeBytes, head } = await direct.savePart(part, stop.signal);
  const response = { status: head.status, headers: headersByName(head.headers) };
  const checksum = spec.checksum === null ? null : parseChecksum(spec.checksum);
  const digests = await digestsOf(order, path, checksum);
  const verifiedBy = checksum?.algorithm ?? null;
  return { kind: 'file', path, sizeBytes, resumedFromBytes: 0, verifiedBy, digests, finalUrl: head.finalUrl, response };
}

async function digestsOf(
  { options, stop: { signal } }: FileOrder,
  path: string,
  known: { readonly algorithm: string; readonly hex: string } | null,
): Promise<Digests> {
  const { digests = [] } = options;
  if (digests.length === 0) return {};
  try {
    return await digestsOfFile(path, digests, { known, signal });
  } catch (error) {
    throw signal.aborted ? error : diskError(error, { operation: 'read', path });
  }
}

function placeOf(options: FileOptions | FolderOptions): Pick<FileSpec, 'folder' | 'name' | 'whenTaken'> {
  if (options.file === undefined) {
    return { folder: resolve(options.folder), name: options.name ?? null, whenTaken: 'number' };
  }
  const path = resolve(options.file);
  const name = basename(path);
  if (name === '') throw optionError('file', 'file must be the path of a file');
  return { folder: dirname(path), name, whenTaken: options.overwrite === true ? 'replace' : 'refuse' };
}
