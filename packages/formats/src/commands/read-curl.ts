/** Reads the commands that browsers copy "as cURL", for bash and for Windows' command prompt. Nothing is run. */
import type { RequestOptions } from '@sluice/contract';
import type { LinksRead } from '../entry.ts';
import { LinkCollector } from '../link-collector.ts';
import type { HeaderPair } from '../request-fields.ts';
import { requestMethod } from '../request-method.ts';
import { curlArguments, type CurlArgument } from './curl-words.ts';
import { type ShellCommand, splitBash } from './split-bash.ts';
import { splitCmd } from './split-cmd.ts';

const curlStart = /^(?:[$#>]\s+)?curl(?:\.exe)?\s/iu;

export function isCurl(text: string): boolean {
  return curlStart.test(text.slice(0, 4096).trimStart());
}

export function readCurl(text: string): LinksRead {
  const collector = new LinkCollector();
  const commands = isForCmd(text) ? splitCmd(text) : splitBash(text);
  for (const { line, words } of commands) {
    const start = words.findIndex((word) => /^curl(?:\.exe)?$/iu.test(word));
    if (start === -1 || start > 1) collector.flag(line, words[0] ?? '', { kind: 'not-understood' });
    else readCommand(collector, { line, words: words.slice(start + 1) });
  }
  return collector.end('curl');
}

/** By how the first text is quoted; plain double quotes leave it to how a line goes on. */
function isForCmd(text: string): boolean {
  const quote = /^\s*(?:[$#>]\s+)?curl(?:\.exe)?\s+(?:-\S*\s+)*(\^"|\$?')?/iu.exec(text)?.[1];
  if (quote !== undefined) return quote === '^"';
  return /\^\r?\n/u.test(text) || /^\s*curl\.exe\s/iu.test(text);
}

interface CurlRequest {
  readonly urls: string[];
  readonly names: string[];
  readonly headers: HeaderPair[];
  readonly data: string[];
  readonly request: { -readonly [Name in keyof RequestOptions]: RequestOptions[Name] };
  isGet: boolean;
  isBroken: boolean;
}

function readCommand(collector: LinkCollector, { line, words }: ShellCommand): void {
  const asked: CurlRequest = { urls: [], names: [], headers: [], data: [], request: {}, isGet: false, isBroken: false };
  for (const argument of curlArguments(words)) takeArgument(collector, asked, { ...argument, line });
  // Sent without what it needs, a form would do something else.
  if (asked.isBroken) return;
  const body = asked.data.join('&');
  const { request } = asked;
  if (asked.data.length > 0 && !asked.isGet) Object.assign(request, { body, method: request.method ?? 'POST' });
  if (request.method === 'GET') delete request.method;
  if (asked.urls.length === 0) collector.flag(line, 'curl', { kind: 'not-understood' });
  for (const [index, url] of asked.urls.entries()) {
    const whole = /^[a-z][a-z\d+.-]*:\/\//iu.test(url) ? url : `http://${url}`;
    collector.add({
      url: asked.isGet && body !== '' ? `${whole}${whole.includes('?') ? '&' : '?'}${body}` : whole,
      line,
      name: asked.names[index],
      headers: asked.headers,
      request,
    });
  }
}

function takeArgument(
  collector: LinkCollector,
  asked: CurlRequest,
  { meaning, name, value, line }: CurlArgument & { readonly line: number },
): void {
  const { request } = asked;
  switch (meaning) {
    case 'url':
      asked.urls.push(value);
      break;
    case 'header':
      takeHeader(asked, value);
      break;
    case 'cookie':
      // Without an equals sign it is a file of cookies.
      if (value.includes('=')) request.cookies = value;
      else collector.flag(line, name, { kind: 'needs-file' });
      break;
    case 'user-agent':
      request.userAgent = value;
      break;
    case 'referer':
      request.referer = value.replace(/;auto$/u, '');
      break;
    case 'user': {
      const colon = value.indexOf(':');
      request.username = colon === -1 ? value : value.slice(0, colon);
      if (colon !== -1) request.password = value.slice(colon + 1);
      break;
    }
    case 'method': {
      const method = requestMethod(value);
      if (method !== null) request.method = method;
      else {
        collector.leaveOut(line, `${name} ${value}`);
        asked.isBroken = true;
      }
      break;
    }
    case 'head':
      request.method = 'HEAD';
      break;
    case 'get':
      asked.isGet = true;
      break;
    case 'data':
    case 'data-raw':
    case 'data-urlencode':
      takeData(collector, asked, { meaning, name, value, line });
      break;
    case 'output':
      asked.names.push(value);
      break;
    case 'left-out':
    case 'unknown':
      if (name === '-F' || name.startsWith('--form') || name === '-T' || name === '--json') asked.isBroken = true;
      collector.leaveOut(line, name);
      break;
    case 'ignored':
      break;
    default:
      meaning satisfies never;
  }
}

/** `Name;` sends an empty field, and `Name:` sends none. */
function takeHeader(asked: CurlRequest, value: string): void {
  const colon = value.indexOf(':');
  if (colon > 0 && value.slice(colon + 1).trim() !== '')
    asked.headers.push([value.slice(0, colon), value.slice(colon + 1)]);
}

function takeData(
  collector: LinkCollector,
  asked: CurlRequest,
  { meaning, name, value, line }: CurlArgument & { readonly line: number },
): void {
  const isFile = meaning === 'data-urlencode' ? /^[^=]*@/u.test(value) : meaning === 'data' && value.startsWith('@');
  if (isFile) {
    collector.flag(line, name, { kind: 'needs-file' });
    asked.isBroken = true;
    return;
  }
  if (meaning !== 'data-urlencode') {
    asked.data.push(value);
    return;
  }
  const equals = value.indexOf('=');
  const field = equals > 0 ? `${value.slice(0, equals)}=` : '';
  asked.data.push(field + encodeURIComponent(value.slice(equals + 1).toWellFormed()));
}
