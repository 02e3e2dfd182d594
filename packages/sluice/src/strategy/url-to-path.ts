/** Gives each link a place in a folder: by its host, the segments of its path, and its name. */
import { createHash } from 'node:crypto';
import { extname, join } from 'node:path';
import { chooseFileName, sanitizeFileName, type Platform } from '@sluice/engine';

/** What of a link becomes part of the path, in this order. */
export interface UrlToPath {
  /** A folder for the host, with its port where it has one. Default true. */
  readonly host?: boolean;
  /** Folders for the segments before the last: all of them, none, or a number of them from the end. Default true. */
  readonly segments?: boolean | number;
  /** The name; absent for the last segment, with a query in brackets so that two questions get two files. */
  readonly name?: string;
}

/** Longer queries are named by their hash. */
const maxQueryLength = 40;

/**
 * A relative path. Every part of it is safe as a name by itself, so it never leads out of the folder it is put into.
 */
export function pathFromUrl(url: string | URL, layout: UrlToPath, platform: Platform): string {
  const parsed = new URL(url);
  const folders = [...hostFolder(parsed, layout), ...segmentFolders(parsed, layout)];
  const safe = folders.map((folder) => sanitizeFileName(folder, platform));
  return join(...safe, layout.name === undefined ? nameOf(parsed, platform) : sanitizeFileName(layout.name, platform));
}

function hostFolder(url: URL, { host = true }: UrlToPath): readonly string[] {
  // An address in version 6 has colons, which not every system has in names.
  return host ? [url.host.replaceAll(/[[\]]/g, '').replaceAll(':', '_')] : [];
}

function segmentFolders(url: URL, { segments = true }: UrlToPath): readonly string[] {
  const all = url.pathname.split('/').slice(1, -1);
  const folders = all.filter((segment) => segment !== '').map(decode);
  if (typeof segments === 'boolean') return segments ? folders : [];
  return segments === 0 ? [] : folders.slice(-segments);
}

/** `index` for a link that ends in a slash: the folder has the segment's own name already. */
function nameOf(url: URL, platform: Platform): string {
  const plain = url.pathname.endsWith('/') ? 'index' : chooseFileName({ url: url.href, platform });
  if (url.search.length < 2) return plain;
  const query = decode(url.search.slice(1));
  const hash = () => createHash('sha256').update(url.search).digest('hex').slice(0, 16);
  const extension = extname(plain);
  const stem = plain.slice(0, plain.length - extension.length);
  return sanitizeFileName(`${stem} (${query.length <= maxQueryLength ? query : hash()})${extension}`, platform);
}

/** What decodes to a separator stays one name: the sanitiser replaces it. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
