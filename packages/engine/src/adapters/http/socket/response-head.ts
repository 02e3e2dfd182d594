/** Reads a response head within bounds, strictly in all that frames its body (RFC 9112 sections 4 and 5). */
import { SluiceError } from '@sluice/contract';
import type { HeaderLines } from '../../../ports/http.ts';

export interface SocketResponseHead {
  /** The server speaks HTTP/1.1: connections persist unless it says otherwise. */
  readonly isVersion11: boolean;
  readonly status: number;
  readonly headers: HeaderLines;
  /** Some line ends in LF alone: others may see another message in it, so its connection carries no second one. */
  readonly hasBareLineFeeds?: true;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

export const headLimits = {
  /** All heads of one exchange together, interim ones included. */
  totalBytes: 256 * 1024,
  lineBytes: 64 * 1024,
  fields: 1000,
} as const;

const statusLine = /^http\/1\.(\d)[ \t]+([1-9]\d\d)(?:[ \t].*)?$/is;
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** Of a line that cannot be read: it may be meant to say where the body ends or what has to be undone. */
const aboutFraming = /length|encoding|chunked|content-range/i;

/**
 * Servers that write heads by hand are read as browsers read them: a line that is not a field is passed over, unless it
 * is about the body's length or encoding; a line may end in LF alone (RFC 9112 section 2.2).
 * @param text the head, latin-1, without the empty line at its end
 * @throws `http-malformed`
 */
export function parseResponseHead(text: string): SocketResponseHead {
  // The usual tools for making two readers see two messages.
  if (text.includes('\0') || /\r(?!\n)/.test(text)) malformed('the head holds a bare CR or a NUL');
  const [first = '', ...lines] = text.split(/\r?\n/);
  const status = statusLine.exec(first);
  if (status === null) malformed('this is no HTTP/1.x status line');
  if (lines.length > headLimits.fields) malformed('the head has too many fields');
  const head = { isVersion11: status[1] !== '0', status: Number(status[2]), headers: parseFields(lines) };
  return /(?<!\r)\n/.test(text) ? { ...head, hasBareLineFeeds: true } : head;
}

/** Where the first empty line ends, whatever ends its lines; and where the text before it ends. Null: it has not come. */
export function findHeadEnd(
  bytes: Buffer,
  from: number,
): { readonly textEnd: number; readonly headEnd: number } | null {
  for (let at = bytes.indexOf(lineFeed, Math.max(0, from)); at !== -1; at = bytes.indexOf(lineFeed, at + 1)) {
    const isEmpty = bytes[at + 1] === lineFeed || (bytes[at + 1] === carriageReturn && bytes[at + 2] === lineFeed);
    if (!isEmpty) continue;
    const textEnd = at > 0 && bytes[at - 1] === carriageReturn ? at - 1 : at;
    return { textEnd, headEnd: bytes[at + 1] === lineFeed ? at + 2 : at + 3 };
  }
  return null;
}

function parseFields(lines: readonly string[]): HeaderLines {
  const fields: Array<readonly [string, string]> = [];
  // What is folded belongs to the line before, and is passed over with it.
  let last: readonly [string, string] | null = null;
  for (const line of lines) {
    if (line.length > headLimits.lineBytes) malformed('a field line is too long');
    if (line.startsWith(' ') || line.startsWith('\t')) {
      if (last === null) {
        passOver(line);
        continue;
      }
      // obs-fold: a user agent reads it as a space (RFC 9112 section 5.2).
      const unfolded: string = `${last[1]} ${trimBlanks(line)}`;
      if (unfolded.length > headLimits.lineBytes) malformed('a folded field is too long');
      last = [last[0], unfolded];
      fields[fields.length - 1] = last;
      continue;
    }
    last = parseField(line);
    if (last === null) passOver(line);
    else fields.push(last);
  }
  return fields;
}

function parseField(line: string): readonly [string, string] | null {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(0, colon));
  const bare = trimBlanks(name);
  // Intermediaries disagree about a blank before the colon (RFC 9112 section 5.1): harmless where it frames nothing.
  if (!token.test(bare) || (bare !== name && aboutFraming.test(line))) return null;
  return [bare.toLowerCase(), trimBlanks(line.slice(colon + 1))];
}

function passOver(line: string): void {
  if (aboutFraming.test(line)) malformed('a line about length or encoding is no field');
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
