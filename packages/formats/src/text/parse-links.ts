/** Finds links in what people paste or drop, folds repeated ones and says what is wrong with the rest. */
import { expandPattern, maxUrlLength, mostLinks } from '@sluice/contract';
import { likelyScheme } from './likely-scheme.ts';

/** The schemes an engine may know; whether this one does is for it to say. */
export const schemes = ['http', 'https', 'ftp', 'ftps', 'sftp', 'scp'] as const;

export type LinkProblem =
  | { readonly kind: 'not-a-link' }
  | { readonly kind: 'scheme-unknown'; readonly scheme: string }
  | { readonly kind: 'scheme-typo'; readonly scheme: string; readonly suggestion: string }
  | { readonly kind: 'host-missing' }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'bad-range'; readonly range: string }
  | { readonly kind: 'too-many' };

export interface ParsedLink {
  readonly url: string;
  /** Counts from 1. */
  readonly line: number;
}

export interface FlaggedLine {
  /** Counts from 1. */
  readonly line: number;
  readonly text: string;
  readonly problem: LinkProblem;
}

/** A line such as `https://a.org/img[001-100].jpg`, and what it stands for. */
export interface LinkPattern {
  /** Counts from 1. */
  readonly line: number;
  readonly count: number;
  readonly first: string;
  readonly last: string;
}

export interface ParsedLinks {
  /** Each link once, in the order given. */
  readonly links: readonly ParsedLink[];
  readonly flagged: readonly FlaggedLine[];
  readonly patterns: readonly LinkPattern[];
  /** How many links were given again. */
  readonly repeated: number;
  /** Lines of prose around links are counted and not flagged as bad links. */
  readonly skipped: number;
}

const linkPattern = new RegExp(String.raw`\b(?:${schemes.join('|')})://[^\s<>"{}|\\^]+`, 'giu');
/** A line that is nothing but a link is taken as it stands: what looks odd in it may be what the server wants. */
const wholeLinkPattern = new RegExp(String.raw`^(?:${schemes.join('|')})://[^\s<>"]+$`, 'iu');
const schemePattern = /^([a-z][a-z0-9+.-]*):(?=\S)/iu;
/** A server name with a dot or a port, then a path: what people copy without its scheme. */
const barePattern =
  /^(?:www\.[^\s/]+(?:\/\S*)?|(?:[\p{L}\d-]+\.)+\p{L}{2,}(?::\d+)?\/\S*|[\d.]+:\d+\/\S*|localhost(?::\d+)?\/\S*)$/iu;

/** What a line holds, whatever stands around it. */
interface ReadLine extends LineResult {
  /** Of each link, what tells it from another. */
  readonly keys: readonly string[];
}

/**
 * Of the text read last: one more character changes one line of it, and the others need not be read again. Bounded by
 * that text, since what it does not hold is dropped.
 */
let readBefore = new Map<string, ReadLine>();
let readLiterally = false;

export interface ParseOptions {
  /** Brackets and braces are part of the link rather than a pattern. */
  readonly isLiteral?: boolean;
}

export function parseLinks(text: string, { isLiteral = false }: ParseOptions = {}): ParsedLinks {
  if (isLiteral !== readLiterally) readBefore.clear();
  readLiterally = isLiteral;
  const read = new Map<string, ReadLine>();
  const seen = new Set<string>();
  const links: ParsedLink[] = [];
  const flagged: FlaggedLine[] = [];
  const patterns: LinkPattern[] = [];
  const prose: FlaggedLine[] = [];
  let repeated = 0;
  for (const [index, raw] of text.split(/\r\n|\r|\n/u).entries()) {
    const trimmed = raw.trim();
    if (trimmed === '') continue;
    const line = index + 1;
    // A hundred patterns of a hundred thousand links each would fill the memory.
    if (links.length >= mostLinks && !isLiteral && /[[{]/.test(trimmed)) {
      flagged.push({ line, text: withoutLogin(trimmed), problem: { kind: 'too-many' } });
      continue;
    }
    const result = read.get(trimmed) ?? readBefore.get(trimmed) ?? readLine(trimmed, isLiteral);
    read.set(trimmed, result);
    for (const [place, url] of result.urls.entries()) {
      const key = result.keys[place] ?? url;
      if (seen.has(key)) repeated += 1;
      else links.push({ url, line });
      seen.add(key);
    }
    const [first, last] = [result.urls[0], result.urls.at(-1)];
    if (result.isPattern === true && first !== undefined && last !== undefined)
      patterns.push({ line, count: result.urls.length, first, last });
    if (result.problem === undefined) continue;
    const isProse = result.problem.kind === 'not-a-link' && /\s/u.test(trimmed);
    (isProse ? prose : flagged).push({ line, text: withoutLogin(trimmed), problem: result.problem });
  }
  readBefore = read;
  // Prose alone is no link; prose around links is what they came wrapped in.
  if (links.length === 0)
    return { links, flagged: [...flagged, ...prose].sort((a, b) => a.line - b.line), patterns, repeated, skipped: 0 };
  return { links, flagged, patterns, repeated, skipped: prose.length };
}

/** A problem is told beside the line it is about, and a password is not to be read there. */
export function withoutLogin(line: string): string {
  return line.replace(/^([a-z][a-z0-9+.-]*:[/\\]*).*@/iu, '$1***@');
}

function readLine(line: string, isLiteral: boolean): ReadLine {
  const result = isLiteral ? parseLine(line) : spellOut(parseLine(line));
  return { ...result, keys: result.urls.map(urlKey) };
}

/** The links that a line stands for, when it is nothing but one link with a pattern in it. */
function spellOut(result: LineResult): LineResult {
  const [url] = result.urls;
  if (result.isWhole !== true || url === undefined || !/[[{]/.test(url)) return result;
  const read = expandPattern(url);
  switch (read.kind) {
    case 'bad-range':
      return { urls: [], problem: { kind: 'bad-range', range: read.range } };
    case 'too-many':
      return { urls: [], problem: { kind: 'too-many' } };
    case 'links': {
      const urls = read.links.map((link) => link.url).filter((one) => URL.canParse(one));
      return urls.length === 1 ? { urls } : { urls, isPattern: true };
    }
  }
}

interface LineResult {
  /** The line is one link and nothing else. */
  readonly isWhole?: boolean;
  readonly isPattern?: boolean;
  readonly urls: readonly string[];
  readonly problem?: LinkProblem;
}

function parseLine(line: string): LineResult {
  // The commas of a list are not part of its links.
  const whole = withoutListMarks(line);
  if (wholeLinkPattern.test(whole) && whole.length <= maxUrlLength && URL.canParse(whole))
    return { urls: [whole], isWhole: true };
  const found = (line.match(linkPattern) ?? []).map(trimTrailing);
  if (found.length > 0) {
    const urls = found.filter((url) => URL.canParse(url));
    if (found.some((url) => url.length > maxUrlLength))
      return { urls: urls.filter((url) => url.length <= maxUrlLength), problem: { kind: 'too-long' } };
    return urls.length === found.length ? { urls } : { urls, problem: { kind: 'not-a-link' } };
  }
  if (barePattern.test(line) && URL.canParse(`https://${line}`)) return { urls: [`https://${line}`] };
  return { urls: [], problem: linkProblem(line) };
}

/** By hand: a pattern tied to the end alone takes the square of the time that a run in the middle is long. */
function withoutListMarks(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === ',' || line[end - 1] === ';')) end -= 1;
  return line.slice(0, end);
}

/** What is wrong with a text that should be a link and is not. */
export function linkProblem(line: string): LinkProblem {
  if (line.length > maxUrlLength) return { kind: 'too-long' };
  const scheme = schemePattern.exec(line)?.[1]?.toLowerCase();
  if (scheme === undefined || /\s/u.test(line)) return { kind: 'not-a-link' };
  if (schemes.some((known) => known === scheme)) return { kind: 'host-missing' };
  const suggestion = likelyScheme(scheme, schemes);
  return suggestion === undefined ? { kind: 'scheme-unknown', scheme } : { kind: 'scheme-typo', scheme, suggestion };
}

/** Punctuation that ends the sentence and not the link; a bracket only when the link did not open it. */
function trimTrailing(url: string): string {
  // Counted once: a link may end in a hundred thousand brackets.
  let round = surplus(url, '(', ')');
  let square = surplus(url, '[', ']');
  let end = url.length;
  while (end > 0) {
    const last = url[end - 1] ?? '';
    if (!".,;:!?*_~…)]»”’`'".includes(last)) break;
    if (last === ')' && round <= 0) break;
    if (last === ']' && square <= 0) break;
    if (last === ')') round -= 1;
    if (last === ']') square -= 1;
    end -= 1;
  }
  return url.slice(0, end);
}

/** How many more brackets are closed than opened. */
function surplus(text: string, open: string, close: string): number {
  let count = 0;
  for (const character of text) {
    if (character === close) count += 1;
    else if (character === open) count -= 1;
  }
  return count;
}

/** Two spellings of one request are one link; the fragment is never sent. */
export function urlKey(url: string): string {
  const parsed = new URL(url);
  parsed.hash = '';
  return parsed.href;
}
