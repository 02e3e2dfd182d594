/** What may stand below a link in a list, by aria2's names and ours, and the option it is for that one link. */
import type { ListedOption } from './link-list.ts';
import type { RawLinkOptions } from './link-options.ts';
import { type Parsed, wrongUsage } from './usage-error.ts';

type TextWord = {
  [Word in keyof RawLinkOptions]-?: string extends NonNullable<RawLinkOptions[Word]> ? Word : never;
}[keyof RawLinkOptions];

const words: Readonly<Record<string, TextWord>> = {
  out: 'out',
  dir: 'dir',
  checksum: 'checksum',
  connections: 'connections',
  'max-connection-per-server': 'connections',
  split: 'split',
  'max-download-limit': 'maxDownloadLimit',
  retries: 'retries',
  'max-tries': 'maxTries',
  timeout: 'timeout',
  'connect-timeout': 'connectTimeout',
  referer: 'referer',
  'user-agent': 'userAgent',
  cookie: 'cookie',
  'load-cookies': 'loadCookies',
  user: 'user',
  'http-user': 'httpUser',
  'http-passwd': 'httpPasswd',
  proxy: 'proxy',
  'all-proxy': 'proxy',
};

const known: readonly string[] = [...Object.keys(words), 'header'];

export function readListedOptions(options: readonly ListedOption[]): Parsed<RawLinkOptions> {
  const read: Partial<Record<TextWord, string>> = {};
  const header: string[] = [];
  for (const { name, value, line } of options) {
    const word = words[name];
    if (name === 'header') header.push(value);
    else if (word === undefined) return wrongUsage({ kind: 'list-option', name, line, known });
    else read[word] = value;
  }
  return { kind: 'ok', value: { ...read, ...(header.length === 0 ? {} : { header }) } };
}
