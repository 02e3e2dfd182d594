/**
 * Reads lists of links as aria2 does: one a line, further links to the same file behind tabs, and below a link, on
 * lines that begin with a space, what holds for it alone. Blank lines and lines that begin with # are passed over.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export interface ListedLink {
  readonly url: string;
  /** Further links to the same file. */
  readonly mirrors: readonly string[];
  readonly options: readonly ListedOption[];
}

/** `name=value` below a link. */
export interface ListedOption {
  readonly name: string;
  readonly value: string;
  /** Counted from 1. */
  readonly line: number;
}

const standardInput = 0;

/**
 * @param path `-` stands for standard input
 * @returns null when it cannot be read
 */
export function readLinkList(path: string, workingFolder: string): readonly ListedLink[] | null {
  try {
    return linksIn(readFileSync(path === '-' ? standardInput : resolve(workingFolder, path), 'utf8'));
  } catch {
    return null;
  }
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
