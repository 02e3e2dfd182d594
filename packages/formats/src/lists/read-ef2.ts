/** Reads IDM's export (.ef2): a link and its fields between lines of `<` and `>`. */
import type { RequestOptions } from '@sluice/contract';
import type { LinksRead } from '../entry.ts';
import { linesOf } from '../line-counter.ts';
import { LinkCollector } from '../link-collector.ts';

interface Ef2Entry {
  readonly line: number;
  url: string | null;
  name: string | undefined;
  readonly request: { -readonly [Name in keyof RequestOptions]: RequestOptions[Name] };
}

export function isEf2(text: string): boolean {
  return /^\s*<[ \t]*\r?\n[ \t]*[a-z]+:\/\/\S/iu.test(text.slice(0, 70_000));
}

export function readEf2(text: string): LinksRead {
  const collector = new LinkCollector();
  let entry: Ef2Entry | null = null;
  const lines = linesOf(text);
  for (const [index, raw] of lines.entries()) {
    const line = index + 1;
    const words = raw.trim();
    if (words === '<') {
      if (entry !== null) collector.flag(entry.line, '', { kind: 'damaged' });
      entry = { line, url: null, name: undefined, request: {} };
    } else if (words === '>') {
      if (entry !== null) take(collector, entry);
      entry = null;
    } else if (words !== '' && entry === null) collector.flag(line, words, { kind: 'not-understood' });
    else if (words !== '' && entry !== null) readField(collector, entry, { words, line });
  }
  if (entry !== null) {
    take(collector, entry);
    collector.flag(lines.length, '', { kind: 'damaged' });
  }
  return collector.end('ef2');
}

function take(collector: LinkCollector, { line, url, name, request }: Ef2Entry): void {
  if (url === null) collector.flag(line, '', { kind: 'not-understood' });
  else collector.add({ url, line: line + 1, name, request });
}

function readField(
  collector: LinkCollector,
  entry: Ef2Entry,
  { words, line }: { readonly words: string; readonly line: number },
): void {
  if (entry.url === null) {
    entry.url = words;
    return;
  }
  const colon = words.indexOf(':');
  const name = words.slice(0, Math.max(colon, 0)).trim().toLowerCase();
  const value = words.slice(colon + 1).trim();
  if (value === '' && colon > 0) return;
  switch (name) {
    case 'cookie':
    case 'cookies':
      entry.request.cookies = value;
      break;
    case 'referer':
      entry.request.referer = value;
      break;
    case 'user-agent':
      entry.request.userAgent = value;
      break;
    case 'postdata':
      entry.request.method = 'POST';
      entry.request.body = value;
      break;
    case 'username':
    case 'login':
      entry.request.username = value;
      break;
    case 'password':
      entry.request.password = value;
      break;
    case 'filename':
    case 'file':
      entry.name = value;
      break;
    default:
      collector.leaveOut(line, colon > 0 ? name : '…');
  }
}
