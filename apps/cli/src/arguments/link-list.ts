/**
 * Reads lists of links as aria2 does: one a line, further links to the same file behind tabs, and below a link, on
 * lines that begin with a space, what holds for it alone. Blank lines and lines that begin with # are passed over. Files of
 * other formats are recognised by what is in them.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { NewDownload } from '@sluice/contract';
import { type LinksRead, readLinks, type UnreadLine } from '@sluice/formats';

export interface ListedLink {
  readonly url: string;
  /** Further links to the same file. */
  readonly mirrors: readonly string[];
  readonly options: readonly ListedOption[];
  /** What a file of another format says of it besides. */
  readonly found?: NewDownload;
}

export type OnUnread = (path: string, unread: UnreadLine) => void;

/** `name=value` below a link. */
export interface ListedOption {
  readonly name: string;
  readonly value: string;
  /** Counted from 1. */
  readonly line: number;
}

const standardInput = 0;

/**
 * Lists of links are read here, with all options of this command; whatever else holds links, by its format.
 * @param path `-` stands for standard input
 * @returns null when it cannot be read
 */
export function readLinkList(
  path: string,
  workingFolder: string,
  onUnread: OnUnread = () => {},
): readonly ListedLink[] | null {
  const bytes = readListFile(path, workingFolder);
  if (bytes === null) return null;
  const read = readLinks(bytes, path);
  if (read.format === 'text' || read.format === 'aria2') return linksIn(bytes.toString('utf8'));
  for (const unread of read.unread) onUnread(path, unread);
  return listedLinks(read);
}

/** @returns null when it cannot be read */
export function readListFile(path: string, workingFolder: string): Buffer | null {
  try {
    return readFileSync(path === '-' ? standardInput : resolve(workingFolder, path));
  } catch {
    return null;
  }
}

function listedLinks({ entries }: LinksRead): readonly ListedLink[] {
  return entries.map(({ download }) => ({ url: download.url, mirrors: [], options: [], found: download }));
}

/** An indented line above the first link is taken for a link: a list may be indented as a whole. */
export function linksIn(text: string): readonly ListedLink[] {
  const links: { url: string; mirrors: string[]; options: ListedOption[] }[] = [];
  const lines = text.replace(/^\uFEFF/u, '').split(/\r\n|\r|\n/u);
  for (const [index, line] of lines.entries()) {
    const words = line.trim();
    if (words === '' || words.startsWith('#')) continue;
    const option = /^[ \t]+([\w-]+)[ \t]*=[ \t]*(.*)$/u.exec(line.trimEnd());
    const last = links.at(-1);
    if (option !== null && last !== undefined) {
      last.options.push({ name: option[1] ?? '', value: option[2] ?? '', line: index + 1 });
      continue;
    }
    const [url = '', ...mirrors] = words
      .split('\t')
      .map((link) => link.trim())
      .filter((link) => link !== '');
    links.push({ url, mirrors, options: [] });
  }
  return links;
}
