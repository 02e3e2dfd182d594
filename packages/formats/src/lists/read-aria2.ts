/** Reads aria2's sessions and input files: links behind tabs are mirrors, indented lines below are options. */
import { readChecksum, type RequestOptions } from '@sluice/contract';
import type { LinksRead } from '../entry.ts';
import { linesOf } from '../line-counter.ts';
import { LinkCollector } from '../link-collector.ts';
import type { HeaderPair } from '../request-fields.ts';

interface ListedLinks {
  readonly line: number;
  readonly urls: readonly string[];
  readonly options: { readonly name: string; readonly value: string; readonly line: number }[];
}

/** aria2's bookkeeping in a session, which says nothing about the request. */
const bookkeeping: ReadonlySet<string> = new Set(['gid', 'pause', 'always-resume', 'continue', 'remote-time']);

const requestOptions: ReadonlyMap<string, keyof RequestOptions> = new Map([
  ['referer', 'referer'],
  ['user-agent', 'userAgent'],
  ['http-user', 'username'],
  ['http-passwd', 'password'],
  ['ftp-user', 'username'],
  ['ftp-passwd', 'password'],
]);

const optionLine = /^[ \t]+([\w-]+)[ \t]*=[ \t]*(.*)$/u;

/** Whether a link has an option below it or a second link behind a tab: plain lists have neither. */
export function isAria2List(text: string): boolean {
  let isBelowLink = false;
  for (const line of linesOf(text.slice(0, 65_536))) {
    if (isBelowLink && optionLine.test(line)) return true;
    if (/^[a-z]+:\/\/[^\t]+\t+[a-z]+:\/\//iu.test(line)) return true;
    if (line.trim() !== '' && !line.startsWith('#')) isBelowLink = /^[a-z]+:\/\/\S/iu.test(line);
  }
  return false;
}

export function readAria2(text: string): LinksRead {
  const collector = new LinkCollector();
  let links: ListedLinks | null = null;
  for (const [index, raw] of linesOf(text).entries()) {
    const line = index + 1;
    const words = raw.trim();
    if (words === '' || words.startsWith('#')) continue;
    const option = optionLine.exec(raw.trimEnd());
    if (option !== null && links !== null) {
      links.options.push({ name: option[1] ?? '', value: option[2] ?? '', line });
      continue;
    }
    if (links !== null) take(collector, links);
    const urls = words.split('\t').map((url) => url.trim());
    links = { line, urls: urls.filter((url) => url !== ''), options: [] };
  }
  if (links !== null) take(collector, links);
  return collector.end('aria2');
}

function take(collector: LinkCollector, { line, urls, options }: ListedLinks): void {
  const [url = '', ...mirrors] = urls;
  const headers: HeaderPair[] = [];
  const request: Record<string, unknown> = mirrors.length === 0 ? {} : { mirrors };
  let name: string | undefined;
  let checksum = null;
  for (const option of options) {
    const known = requestOptions.get(option.name);
    const colon = option.value.indexOf(':');
    if (known !== undefined) request[known] = option.value;
    else if (option.name === 'out') name = option.value;
    else if (option.name === 'header' && colon > 0) {
      headers.push([option.value.slice(0, colon), option.value.slice(colon + 1)]);
    } else if (option.name === 'checksum' && readChecksum(option.value) !== null) {
      checksum = readChecksum(option.value);
    } else if (!bookkeeping.has(option.name)) collector.leaveOut(option.line, option.name);
  }
  collector.add({ url, line, name, headers, request, checksums: checksum === null ? [] : [checksum] });
}
