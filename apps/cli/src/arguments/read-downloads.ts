/** Gathers the links of a command, typed and listed, into new downloads that have been checked; all of them or none. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expandPattern, fillName, mostLinks, type NewDownload, requestOptionsSchema } from '@sluice/contract';
import { type ListedLink, type OnUnread, readLinkList } from './link-list.ts';
import { type LinkOptions, type RawLinkOptions, readLinkOptions, type Reading } from './link-options.ts';
import { readListedOptions } from './list-options.ts';
import { type UsageError, wrongUsage, type Parsed } from './usage-error.ts';
import { withProxyLogins } from './proxy-login.ts';
import { withSecretFiles } from './secret-files.ts';

/** As commander hands them over. */
export interface RawGetOptions extends RawLinkOptions {
  /** Files of further links; `-` is standard input. */
  readonly inputFile?: readonly string[];
  /** False: brackets in links are part of the link. */
  readonly glob?: boolean;
  /** No option: is told what a file of links holds that was not understood. */
  readonly onUnread?: OnUnread;
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
  readonly found?: NewDownload;
}

/** @param workingFolder what relative paths are relative to */
export function readDownloads(
  typed: readonly string[],
  raw: RawGetOptions,
  workingFolder: string,
): Parsed<readonly NewDownload[]> {
  const links = gather(typed, raw, workingFolder);
  if (links.kind === 'usage-error') return links;
  const usageError = checkName(raw.out, links.value) ?? checkAnswers(raw) ?? checkProxies(raw);
  if (usageError !== null) return wrongUsage(usageError);
  const reading = { workingFolder, readText: rememberingReader() };
  const read = withSecretFiles(raw, (path) => reading.readText(resolve(workingFolder, path)));
  if (read.kind === 'usage-error') return read;
  const proxied = withProxyLogins(read.value);
  if (proxied.kind === 'usage-error') return proxied;
  const common = raw.checkCertificate === 'false' ? { ...proxied.value, insecure: true } : proxied.value;
  const shared = readLinkOptions(common, reading);
  if (shared.kind === 'usage-error') return shared;
  if (links.value.length === 0) return wrongUsage({ kind: 'no-link' });
  const downloads: NewDownload[] = [];
  for (const link of links.value) {
    const download = link.options.length === 0 ? named(link, raw.out, shared.value) : readOwn(link, common, reading);
    if ('kind' in download) return download;
    downloads.push(withProxy(download, proxied.value));
  }
  return { kind: 'ok', value: downloads };
}

function gather(typed: readonly string[], raw: RawGetOptions, workingFolder: string): Parsed<readonly Link[]> {
  const links: Link[] = [];
  for (const text of typed) {
    const read =
      raw.glob === false ? { kind: 'links' as const, links: [{ url: text, chosen: [] }] } : expandPattern(text);
    if (read.kind === 'bad-range') return wrongUsage({ kind: 'pattern-range', range: read.range });
    if (read.kind === 'too-many') return wrongUsage({ kind: 'too-many-links', most: mostLinks });
    for (const link of read.links) links.push({ ...link, mirrors: [], options: [] });
  }
  for (const path of raw.inputFile ?? []) {
    const listed = readLinkList(path, workingFolder, raw.onUnread);
    if (listed === null) return wrongUsage({ kind: 'list-unreadable', path });
    for (const link of listed) links.push({ ...link, chosen: [] });
  }
  return links.length > mostLinks
    ? wrongUsage({ kind: 'too-many-links', most: mostLinks })
    : { kind: 'ok', value: links };
}

/** What stands below a link comes before what was said for all of them; headers are sent besides. */
function readOwn(
  link: Link,
  raw: RawGetOptions,
  reading: Reading,
): NewDownload | (Parsed<never> & { kind: 'usage-error' }) {
  const own = readListedOptions(link.options);
  if (own.kind === 'usage-error') return own;
  const usageError = own.value.out === undefined ? null : wrongName(own.value.out);
  if (usageError !== null) return { kind: 'usage-error', usageError };
  const header = [...(raw.header ?? []), ...(own.value.header ?? [])];
  const read = readLinkOptions({ ...raw, ...own.value, header }, reading);
  return read.kind === 'usage-error' ? read : named(link, own.value.out ?? raw.out, read.value);
}

function named(link: Link, out: string | undefined, options: LinkOptions): NewDownload {
  const { url, chosen, mirrors, found } = link;
  const all = [...(options.request?.mirrors ?? []), ...mirrors];
  const download = {
    ...options,
    url,
    ...(out === undefined ? {} : { name: fillName(out, chosen) }),
    // The same object for all of ten thousand links that say nothing of their own.
    ...(mirrors.length === 0 ? {} : { request: { ...options.request, mirrors: all } }),
  };
  if (found === undefined) return download;
  // What a file says of one of its links comes before what was said for all; headers are sent besides.
  return {
    ...download,
    ...found,
    headers: { ...download.headers, ...found.headers },
    request: { ...download.request, ...found.request },
  };
}

/** One proxy for all comes before one for the kind of link; a host that was named goes without either. */
function withProxy(download: NewDownload, { httpProxy, httpsProxy, direct }: RawGetOptions): NewDownload {
  const url = URL.parse(download.url);
  if (url === null) return download;
  if (direct !== undefined && isDirect(url.hostname, direct)) {
    return { ...download, request: { ...download.request, proxy: 'none' } };
  }
  const proxy = download.request?.proxy ?? (url.protocol === 'https:' ? httpsProxy : httpProxy);
  return proxy === undefined ? download : { ...download, request: { ...download.request, proxy } };
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

function checkName(name: string | undefined, links: readonly Link[]): UsageError | null {
  if (name === undefined) return null;
  const isFilled = links.every(({ chosen }) => fillName(name, chosen) !== name);
  if (links.length > 1 && !isFilled) return { kind: 'one-name-several-links', links: links.length };
  return wrongName(name);
}

function wrongName(name: string): UsageError | null {
  if (name.trim() === '') return { kind: 'name-empty' };
  const slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
  return slash === -1
    ? null
    : { kind: 'name-has-path', folder: name.slice(0, slash) || '/', name: name.slice(slash + 1) };
}

function checkAnswers({ checkCertificate = 'true', continue: goesOn = 'true' }: RawGetOptions): UsageError | null {
  if (!isAnswer(checkCertificate)) return { kind: 'yes-or-no', option: '--check-certificate', text: checkCertificate };
  if (!isAnswer(goesOn)) return { kind: 'yes-or-no', option: '--continue', text: goesOn };
  return goesOn === 'false' ? { kind: 'always-continues' } : null;
}

function isAnswer(text: string): boolean {
  return text === 'true' || text === 'false';
}

function checkProxies({ httpProxy, httpsProxy }: RawGetOptions): UsageError | null {
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
