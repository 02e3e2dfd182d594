/** Reads the commands that browsers copy "as PowerShell": Invoke-WebRequest with a session. Nothing is run. */
import type { RequestOptions } from '@sluice/contract';
import type { LinksRead } from '../entry.ts';
import { LinkCollector } from '../link-collector.ts';
import type { HeaderPair } from '../request-fields.ts';
import { requestMethod } from '../request-method.ts';
import { type ShellToken, splitPowerShell } from './split-powershell.ts';

const requestCommand = /^(?:invoke-webrequest|invoke-restmethod|iwr|irm)$/iu;
const start =
  /^[ \t]*(?:(?:invoke-webrequest|invoke-restmethod|iwr|irm)[ \t]|\$\w+[ \t]*=[ \t]*new-object[ \t]+microsoft\.powershell)/imu;

export function isPowerShell(text: string): boolean {
  return start.test(text.slice(0, 4096));
}

interface Session {
  userAgent: string | undefined;
  readonly cookies: string[];
}

export function readPowerShell(text: string): LinksRead {
  const collector = new LinkCollector();
  const tokens = splitPowerShell(text);
  let session: Session = { userAgent: undefined, cookies: [] };
  for (let at = 0; at < tokens.length;) {
    const { kind, value, line } = tokens[at] ?? { kind: 'line-end', value: '', line: 1 };
    if (kind === 'word' && requestCommand.test(value)) {
      at = readRequest(collector, { tokens, start: at + 1, session });
      continue;
    }
    const end = statementEnd(tokens, at);
    if (kind === 'word' && value.startsWith('$')) {
      // A new session forgets the one before: several commands may have been copied at once.
      if (!value.includes('.')) session = { userAgent: undefined, cookies: [] };
      else readSession(session, tokens.slice(at, end));
    } else if (kind !== 'line-end' && value !== ';') collector.flag(line, value, { kind: 'not-understood' });
    at = end + 1;
  }
  return collector.end('powershell');
}

/** `$session.UserAgent = "…"` and `$session.Cookies.Add((New-Object System.Net.Cookie("name", "value", …)))`. */
function readSession(session: Session, statement: readonly ShellToken[]): void {
  const texts = statement.filter(({ kind }) => kind === 'text').map(({ value }) => value);
  const name = statement[0]?.value.toLowerCase() ?? '';
  if (name.endsWith('.useragent')) session.userAgent = texts[0];
  else if (name.endsWith('.cookies.add') && texts.length >= 2)
    session.cookies.push(`${texts[0] ?? ''}=${texts[1] ?? ''}`);
}

/** A line's end inside brackets is none. */
function statementEnd(tokens: readonly ShellToken[], from: number): number {
  let depth = 0;
  let at = from;
  for (; at < tokens.length; at += 1) {
    const { kind, value } = tokens[at] ?? { kind: 'line-end', value: '' };
    if (kind === 'mark' && '({'.includes(value)) depth += 1;
    if (kind === 'mark' && ')}'.includes(value)) depth -= 1;
    if (depth <= 0 && (kind === 'line-end' || (kind === 'mark' && value === ';'))) break;
  }
  return at;
}

interface RequestPlace {
  readonly tokens: readonly ShellToken[];
  readonly start: number;
  readonly session: Session;
}

const flags: ReadonlySet<string> = new Set(['-usebasicparsing', '-uri', '-websession', '-passthru']);
/** What HTTP/2 calls the link and the method, which Chrome writes down as headers. */
const pseudoHeaders: ReadonlySet<string> = new Set(['authority', 'method', 'path', 'scheme']);

/** @returns where the next statement begins */
function readRequest(collector: LinkCollector, { tokens, start: from, session }: RequestPlace): number {
  const end = statementEnd(tokens, from);
  const line = tokens[from - 1]?.line ?? 1;
  const request: { -readonly [Name in keyof RequestOptions]: RequestOptions[Name] } = {};
  let headers: HeaderPair[] = [];
  let url: string | undefined;
  let name: string | undefined;
  let isBroken = false;
  let option = '-uri';
  for (let at = from; at < end; at += 1) {
    const token = tokens[at];
    if (token === undefined || token.kind === 'line-end') continue;
    if (token.kind === 'word' && token.value.startsWith('-')) {
      option = token.value.toLowerCase();
      continue;
    }
    if (option === '-headers') {
      const close = closingPlace(tokens, at, end);
      headers = headersIn(tokens.slice(at, close));
      at = close;
      option = '';
      continue;
    }
    if (token.kind === 'mark') continue;
    const { value } = token;
    if (option === '-uri') url ??= value;
    else if (option === '-useragent') request.userAgent = value;
    else if (option === '-contenttype') request.contentType = value;
    else if (option === '-outfile') name = value;
    // `([System.Text.Encoding]::UTF8.GetBytes("…"))` is a text in brackets.
    else if (option === '-body') {
      if (token.kind !== 'text') continue;
      request.body = value;
    } else if (option === '-method') {
      const method = requestMethod(value);
      if (method === null) isBroken = true;
      else if (method !== 'GET') request.method = method;
      if (method === null) collector.leaveOut(token.line, `-Method ${value}`);
    } else if (option !== '' && !flags.has(option)) collector.leaveOut(token.line, option);
    option = option === '-body' ? option : '';
  }
  if (isBroken) return end + 1;
  if (request.body !== undefined) request.method ??= 'POST';
  if (session.cookies.length > 0) request.cookies = session.cookies.join('; ');
  if (session.userAgent !== undefined) request.userAgent ??= session.userAgent;
  if (url === undefined) collector.flag(line, 'Invoke-WebRequest', { kind: 'not-understood' });
  else collector.add({ url, line, name, headers, request });
  return end + 1;
}

function closingPlace(tokens: readonly ShellToken[], from: number, end: number): number {
  for (let at = from; at < end; at += 1) {
    if (tokens[at]?.kind === 'mark' && tokens[at]?.value === '}') return at;
  }
  return end;
}

/** `@{ "name"="value" … }` */
function headersIn(tokens: readonly ShellToken[]): HeaderPair[] {
  const pairs: HeaderPair[] = [];
  for (let at = 0; at + 2 < tokens.length; at += 1) {
    const [name, equals, value] = [tokens[at], tokens[at + 1], tokens[at + 2]];
    if (equals?.kind !== 'mark' || equals.value !== '=') continue;
    if (name === undefined || name.kind === 'mark' || value === undefined || value.kind === 'mark') continue;
    if (!pseudoHeaders.has(name.value.toLowerCase())) pairs.push([name.value, value.value]);
    at += 2;
  }
  return pairs;
}
