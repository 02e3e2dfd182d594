/** Gathers the links of a command, typed and listed, into wishes that have been checked; all of them or none. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type NewDownload, requestOptionsSchema } from '@sluice/contract';
import { type ListedLink, readLinkList } from './link-list.ts';
import { expandPattern, fillName, mostLinks } from './link-pattern.ts';
import { type LinkOptions, type LinkWords, readLinkWords, type Reading } from './link-words.ts';
import { readListedOptions } from './list-words.ts';
import { type Mistake, mistaken, type Parsed } from './mistake.ts';
import { withProxyLogins } from './proxy-login.ts';
import { withSecretFiles } from './secret-files.ts';

/** As commander hands them over. */
export interface WishWords extends LinkWords {
  /** Files of further links; `-` is standard input. */
  readonly inputFile?: readonly string[];
  /** False: brackets in links are part of the link. */
  readonly glob?: boolean;
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  /** Hosts to which no proxy leads, as in the variable `no_proxy`. */
  readonly direct?: string;
  /** `false` is aria2's word for taking any certificate. */
  readonly checkCertificate?: string;
  readonly continue?: string;
}

interface Link {
  readonly url: string;
  readonly chosen: readonly string[];
  readonly mirrors: readonly string[];
  readonly options: ListedLink['options'];
}

/** @param workingFolder what relative paths are relative to */
export function readWishes(
  typed: readonly string[],
  words: WishWords,
  workingFolder: string,
): Parsed<readonly NewDownload[]> {
  const links = gather(typed, words, workingFolder);
  if (links.kind === 'mistake') return links;
  const mistake = checkName(words.out, links.value) ?? checkAnswers(words) ?? checkProxies(words);
  if (mistake !== null) return mistaken(mistake);
  const reading = { workingFolder, readText: rememberingReader() };
  const read = withSecretFiles(words, (path) => reading.readText(resolve(workingFolder, path)));
  if (read.kind === 'mistake') return read;
  const proxied = withProxyLogins(read.value);
  if (proxied.kind === 'mistake') return proxied;
  const common = words.checkCertificate === 'false' ? { ...proxied.value, insecure: true } : proxied.value;
  const shared = readLinkWords(common, reading);
  if (shared.kind === 'mistake') return shared;
  if (links.value.length === 0) return mistaken({ kind: 'no-link' });
  const wishes: NewDownload[] = [];
  for (const link of links.value) {
    const wish = link.options.length === 0 ? named(link, words.out, shared.value) : readOwn(link, common, reading);
    if ('kind' in wish) return wish;
    wishes.push(withProxy(wish, proxied.value));
  }
  return { kind: 'ok', value: wishes };
}

function gather(typed: readonly string[], words: WishWords, workingFolder: string): Parsed<readonly Link[]> {
  const links: Link[] = [];
  for (const text of typed) {
    const read =
      words.glob === false ? { kind: 'links' as const, links: [{ url: text, chosen: [] }] } : expandPattern(text);
    if (read.kind === 'bad-range') return mistaken({ kind: 'pattern-range', range: read.range });
    if (read.kind === 'too-many') return mistaken({ kind: 'too-many-links', most: mostLinks });
    for (const link of read.links) links.push({ ...link, mirrors: [], options: [] });
  }
  for (const path of words.inputFile ?? []) {
    const listed = readLinkList(path, workingFolder);
    if (listed === null) return mistaken({ kind: 'list-unreadable', path });
    for (const link of listed) links.push({ ...link, chosen: [] });
  }
  return links.length > mostLinks
    ? mistaken({ kind: 'too-many-links', most: mostLinks })
    : { kind: 'ok', value: links };
}

/** What stands below a link comes before what was said for all of them; headers are sent besides. */
function readOwn(link: Link, words: WishWords, reading: Reading): NewDownload | (Parsed<never> & { kind: 'mistake' }) {
  const own = readListedOptions(link.options);
  if (own.kind === 'mistake') return own;
  const mistake = own.value.out === undefined ? null : wrongName(own.value.out);
  if (mistake !== null) return { kind: 'mistake', mistake };
  const header = [...(words.header ?? []), ...(own.value.header ?? [])];
  const read = readLinkWords({ ...words, ...own.value, header }, reading);
  return read.kind === 'mistake' ? read : named(link, own.value.out ?? words.out, read.value);
}

function named(link: Link, out: string | undefined, options: LinkOptions): NewDownload {
  const { url, chosen, mirrors } = link;
  const all = [...(options.request?.mirrors ?? []), ...mirrors];
  return {
    ...options,
    url,
    ...(out === undefined ? {} : { name: fillName(out, chosen) }),
    // The same object for all of ten thousand links that say nothing of their own.
    ...(mirrors.length === 0 ? {} : { request: { ...options.request, mirrors: all } }),
  };
}

/** One proxy for all comes before one for the kind of link; a host that was named goes without either. */
function withProxy(wish: NewDownload, { httpProxy, httpsProxy, direct }: WishWords): NewDownload {
  const url = URL.parse(wish.url);
  if (url === null) return wish;
  if (direct !== undefined && isDirect(url.hostname, direct)) {
    return { ...wish, request: { ...wish.request, proxy: 'none' } };
  }
  const proxy = wish.request?.proxy ?? (url.protocol === 'https:' ? httpsProxy : httpProxy);
  return proxy === undefined ? wish : { ...wish, request: { ...wish.request, proxy } };
}

function isDirect(host: string, list: string): boolean {
  const names = list.split(',').map((name) =>
    name
      .trim()
      .toLowerCase()
      .replace(/^\*?\./, ''),
  );
  return names.some((name) => name === '*' || (name !== '' && (host === name || host.endsWith(`.${name}`))));
}

function checkName(name: string | undefined, links: readonly Link[]): Mistake | null {
  if (name === undefined) return null;
  const isFilled = links.every(({ chosen }) => fillName(name, chosen) !== name);
  if (links.length > 1 && !isFilled) return { kind: 'one-name-several-links', links: links.length };
  return wrongName(name);
}

function wrongName(name: string): Mistake | null {
  if (name.trim() === '') return { kind: 'name-empty' };
  const slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
  return slash === -1
    ? null
    : { kind: 'name-has-path', folder: name.slice(0, slash) || '/', name: name.slice(slash + 1) };
}

function checkAnswers({ checkCertificate = 'true', continue: goesOn = 'true' }: WishWords): Mistake | null {
  if (!isAnswer(checkCertificate)) return { kind: 'yes-or-no', option: '--check-certificate', text: checkCertificate };
  if (!isAnswer(goesOn)) return { kind: 'yes-or-no', option: '--continue', text: goesOn };
  return goesOn === 'false' ? { kind: 'always-continues' } : null;
}

function isAnswer(text: string): boolean {
  return text === 'true' || text === 'false';
}

function checkProxies({ httpProxy, httpsProxy }: WishWords): Mistake | null {
  const isProxy = (proxy: string | undefined): boolean => requestOptionsSchema.safeParse({ proxy }).success;
  if (!isProxy(httpProxy)) return { kind: 'request', option: '--http-proxy' };
  return isProxy(httpsProxy) ? null : { kind: 'request', option: '--https-proxy' };
}

/** One file of cookies for ten thousand links is read once. */
function rememberingReader(): (path: string) => string {
  const texts = new Map<string, string>();
  return (path) => {
    const text = texts.get(path) ?? readFileSync(path, 'utf8');
    texts.set(path, text);
    return text;
  };
}
