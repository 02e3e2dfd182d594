/** Reads links from a list: one a line, blank lines and lines that begin with # passed over. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const standardInput = 0;

/**
 * @param path `-` stands for standard input
 * @returns null when it cannot be read
 */
export function readLinkList(path: string, workingFolder: string): readonly string[] | null {
  try {
    return linksIn(readFileSync(path === '-' ? standardInput : resolve(workingFolder, path), 'utf8'));
  } catch {
    return null;
  }
}

export function linksIn(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/u, '')
    .split(/\r\n|\r|\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
