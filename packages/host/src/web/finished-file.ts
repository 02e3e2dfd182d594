/** Hands finished downloads to the browser as files to save, never as pages to run. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { EngineApi } from '@sluice/contract';
import { readRange } from './byte-range.ts';

export interface FileRequest {
  readonly api: EngineApi;
  readonly id: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** 404 unless the download is on the list, finished, and still a regular file under its own name. */
export async function sendFinishedFile({ api, id, request, response }: FileRequest): Promise<void> {
  const found = await openFinished(api, id);
  if (found === null) {
    response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('There is no such finished file.\n');
    return;
  }
  const { file, name } = found;
  try {
    await sendFile({ file, name, request, response });
  } finally {
    await file.close();
  }
}

export async function isFinishedFile(api: EngineApi, id: string): Promise<boolean> {
  const found = await openFinished(api, id);
  await found?.file.close();
  return found !== null;
}

async function openFinished(
  api: EngineApi,
  id: string,
): Promise<{ readonly file: FileHandle; readonly name: string } | null> {
  const { downloads } = await api.snapshot({});
  const download = downloads.find((candidate) => candidate.id === id);
  if (download?.state.kind !== 'finished') return null;
  const file = await openRegular(join(download.folder, download.name));
  return file === null ? null : { file, name: download.name };
}

interface OpenFileRequest {
  readonly file: FileHandle;
  readonly name: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function sendFile({ file, name, request, response }: OpenFileRequest): Promise<void> {
  const { size: sizeBytes } = await file.stat();
  const range = readRange(request.headers.range, sizeBytes);
  const headers = {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': `attachment; filename="${asciiName(name)}"; filename*=UTF-8''${encodeExtended(name)}`,
    'Cache-Control': 'private, no-store',
    'Accept-Ranges': 'bytes',
  };
  if (range.kind === 'unsatisfiable') {
    response.writeHead(416, { ...headers, 'Content-Range': `bytes */${sizeBytes}` }).end();
    return;
  }
  const [start, end] = range.kind === 'part' ? [range.start, range.end] : [0, sizeBytes];
  response.writeHead(range.kind === 'part' ? 206 : 200, {
    ...headers,
    'Content-Length': String(end - start),
    ...(range.kind === 'part' ? { 'Content-Range': `bytes ${start}-${end - 1}/${sizeBytes}` } : {}),
  });
  if (request.method === 'HEAD' || start === end) {
    response.end();
    return;
  }
  await pipeline(file.createReadStream({ start, end: end - 1, autoClose: false }), response);
}

/** Null unless a regular file has that name; a link put in its place is not followed. */
async function openRegular(path: string): Promise<FileHandle | null> {
  const noFollow = process.platform === 'win32' ? 0 : constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(path, constants.O_RDONLY | noFollow).catch(() => null);
  if (file === null || (await file.stat()).isFile()) return file;
  await file.close();
  return null;
}

/** For readers of the plain parameter only. RFC 6266 appendix D */
function asciiName(name: string): string {
  return name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
}

/** RFC 8187 section 3.2.1 */
function encodeExtended(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
