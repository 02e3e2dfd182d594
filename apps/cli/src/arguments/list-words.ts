/** What may stand below a link in a list, by aria2's names and ours, and the option it is for that one link. */
import type { ListedOption } from './link-list.ts';
import type { LinkWords } from './link-words.ts';
import { type Parsed, mistaken } from './mistake.ts';

type TextWord = {
  [Word in keyof LinkWords]-?: string extends NonNullable<LinkWords[Word]> ? Word : never;
}[keyof LinkWords];

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

export function readListedOptions(options: readonly ListedOption[]): Parsed<LinkWords> {
  const read: Partial<Record<TextWord, string>> = {};
  const header: string[] = [];
  for (const { name, value, line } of options) {
    const word = words[name];
    if (name === 'header') header.push(value);
    else if (word === undefined) return mistaken({ kind: 'list-option', name, line, known });
    else read[word] = value;
  }
  return { kind: 'ok', value: { ...read, ...(header.length === 0 ? {} : { header }) } };
}
