/**
 * Serves the window's own files, and nothing else: the built renderer is listed once, and a request either names one of
 * those files or is refused, so no path is ever put together from a request.
 */
import { readFile, readdir } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { pageHost, scheme } from '../../shared/addresses.ts';
import { pageHeaders } from '../window/page-headers.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

export type AppFiles = ReadonlyMap<string, string>;

/** @returns for each address path, `/assets/index.js`, the file it stands for. Links in the folder are not followed. */
export async function listAppFiles(folder: string): Promise<AppFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(files.map((file) => [`/${relative(folder, file).split(sep).join('/')}`, file]));
}

export interface AppRequest {
  readonly method: string;
  readonly url: string;
}

/** @returns the file asked for, or the status that refuses */
export function resolveAppRequest(files: AppFiles, { method, url }: AppRequest): { file: string } | { status: number } {
  const address = URL.parse(url);
  if (address === null || address.protocol !== `${scheme}:` || address.host !== pageHost) return { status: 404 };
  if (method !== 'GET' && method !== 'HEAD') return { status: 405 };
  const file = files.get(address.pathname);
  return file === undefined || types[extname(file)] === undefined ? { status: 404 } : { file };
}

export async function answerAppRequest(files: AppFiles, request: AppRequest): Promise<Response> {
  const found = resolveAppRequest(files, request);
  if ('status' in found) return new Response(null, { status: found.status, headers: pageHeaders });
  const body = request.method === 'HEAD' ? null : await readFile(found.file);
  return new Response(body, {
    headers: { ...pageHeaders, 'content-type': types[extname(found.file)] ?? 'application/octet-stream' },
  });
}
