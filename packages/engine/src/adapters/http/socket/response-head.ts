/** Reads a response head, strictly and within bounds (RFC 9112 sections 4 and 5). */
import { SluiceError } from '@sluice/contract';
import type { HeaderLines } from '../../../ports/http.ts';

export interface ResponseHead {
  /** The server speaks HTTP/1.1: connections persist unless it says otherwise. */
  readonly isVersion11: boolean;
  readonly status: number;
  readonly headers: HeaderLines;
}

export const headLimits = {
  /** All heads of one exchange together, interim ones included. */
  totalBytes: 256 * 1024,
  lineBytes: 64 * 1024,
  fields: 1000,
} as const;

const statusLine = /^HTTP\/1\.(\d) ([1-9]\d\d)(?: .*)?$/s;
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const loneLineEnd = /\r(?!\n)|(?<!\r)\n/;

/**
 * @param text the head, latin-1, without the empty line at its end
 * @throws `http-malformed`
 */
export function parseResponseHead(text: string): ResponseHead {
  // The usual tools for making two readers see two messages.
  if (text.includes('\0') || loneLineEnd.test(text)) malformed('the head holds a bare CR or LF, or a NUL');
  const [first = '', ...lines] = text.split('\r\n');
  const status = statusLine.exec(first);
  if (status === null) malformed('this is no HTTP/1.x status line');
  if (lines.length > headLimits.fields) malformed('the head has too many fields');
  return { isVersion11: status[1] !== '0', status: Number(status[2]), headers: parseFields(lines) };
}

function parseFields(lines: readonly string[]): HeaderLines {
  const fields: Array<readonly [string, string]> = [];
  for (const line of lines) {
    if (line.length > headLimits.lineBytes) malformed('a field line is too long');
    const last = fields.at(-1);
    if (line.startsWith(' ') || line.startsWith('\t')) {
      // obs-fold: a user agent reads it as a space (RFC 9112 section 5.2).
      if (last === undefined) malformed('the first field line is folded');
      const unfolded = `${last[1]} ${trimBlanks(line)}`;
      if (unfolded.length > headLimits.lineBytes) malformed('a folded field is too long');
      fields[fields.length - 1] = [last[0], unfolded];
      continue;
    }
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon));
    // Also refuses a blank before the colon, which intermediaries disagree about (RFC 9112 section 5.1).
    if (!token.test(name)) malformed('a field name is not a token');
    fields.push([name.toLowerCase(), trimBlanks(line.slice(colon + 1))]);
  }
  return fields;
}

function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isBlank(charCode: number): boolean {
  return charCode === 0x20 || charCode === 0x09;
}

export function malformed(detail: string): never {
  throw new SluiceError('http-malformed', detail);
}
