/** Parses one code file once, for every rule that looks inside it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, type Comment, type Program } from 'oxc-parser';
import type { Violation } from './violation.ts';

export interface ParsedFile {
  /** Path from the workspace root. */
  readonly path: string;
  readonly text: string;
  readonly program: Program;
  readonly comments: readonly Comment[];
  /** The first syntax error's message, or null. */
  readonly syntaxError: string | null;
  /** The 1-based line of an offset into `text`. */
  lineAt(offset: number): number;
}

export function readParsedFile(root: string, path: string): ParsedFile {
  return parseFile(path, readFileSync(join(root, path), 'utf8'));
}

function parseFile(path: string, text: string): ParsedFile {
  const result = parseSync(path, text, { sourceType: 'module' });
  const lineStarts = [0];
  for (const match of text.matchAll(/\n/gu)) lineStarts.push(match.index + 1);
  return {
    path,
    text,
    program: result.program,
    comments: result.comments,
    syntaxError: result.errors[0]?.message ?? null,
    lineAt: (offset) => lastIndexAtMost(lineStarts, offset) + 1,
  };
}

/** @param offset Where in the file's text. */
export function findingAt(file: ParsedFile, offset: number, what: { rule: string; message: string }): Violation {
  return { file: file.path, line: file.lineAt(offset), ...what };
}

/** The index of the last of the ascending `values` that is at most `limit`. */
function lastIndexAtMost(values: readonly number[], limit: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((values[middle] ?? Infinity) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
