/** The UI's built files, read once: what is not in the table does not exist, so no path can lead out of the folder. */
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { SluiceError } from '@sluice/contract';

export interface StaticFile {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** By URL path, `/` for the page itself. */
export type StaticFiles = ReadonlyMap<string, StaticFile>;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
};

/** @throws `file-missing` when the folder holds no built UI */
export async function loadStaticFiles(uiFolder: string): Promise<StaticFiles> {
  const files = new Map<string, StaticFile>();
  const entries = await readdir(uiFolder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = relative(uiFolder, path).split(sep).join('/');
    files.set(name === 'index.html' ? '/' : `/${name}`, describe(name, await readFile(path)));
  }
  if (!files.has('/')) {
    throw new SluiceError('file-missing', 'there is no built UI in this folder', { facts: { path: uiFolder } });
  }
  return files;
}

function describe(name: string, body: Buffer): StaticFile {
  return {
    body,
    headers: {
      'Content-Type': contentTypes[extname(name)] ?? 'application/octet-stream',
      'Content-Length': String(body.length),
      ETag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
      // Built assets carry a hash of their contents in their names; the page names the current ones.
      'Cache-Control': name.startsWith('assets/') ? 'private, max-age=31536000, immutable' : 'private, no-cache',
    },
  };
}
