/** What files and recognised text say of the links that the Add dialog shows, beside the links themselves. */
import { expandPattern, type NewDownload } from '@sluice/contract';
import { type FileFormat, type LinkEntry, type LinksRead, type UnreadLine, urlKey } from '@sluice/formats';

export interface LinkSource {
  /** Tells it from another of the same dialog: a file may be dropped twice. */
  readonly id: number;
  /** The name of the file, or of the format of what was pasted. */
  readonly name: string;
  readonly used: number;
  readonly unread: readonly UnreadLine[];
}

export interface FoundLinks {
  /** By {@link urlKey}. */
  readonly byLink: ReadonlyMap<string, LinkEntry>;
  readonly sources: readonly LinkSource[];
}

export const nothingFound: FoundLinks = { byLink: new Map(), sources: [] };

/** As their makers write them. */
const formatNames: Readonly<Record<FileFormat, string>> = {
  text: '.txt',
  aria2: 'aria2',
  csv: '.csv',
  curl: 'cURL',
  desktop: '.desktop',
  ef2: 'IDM',
  har: 'HAR',
  html: 'HTML',
  metalink: 'Metalink',
  powershell: 'PowerShell',
  sluice: 'Sluice',
  url: '.url',
  webloc: '.webloc',
};

export function foundIn({ format, entries, unread }: LinksRead, fileName: string): FoundLinks {
  return {
    byLink: new Map(entries.map((entry) => [urlKey(entry.download.url), entry])),
    sources: [{ id: 0, name: fileName || formatNames[format], used: entries.length, unread }],
  };
}

/** What came later wins: it was meant last. */
export function joinFound(before: FoundLinks, after: FoundLinks): FoundLinks {
  return {
    byLink: new Map([...before.byLink, ...after.byLink]),
    sources: [...before.sources, ...after.sources].map((source, id) => ({ ...source, id })),
  };
}

/** The links as lines of the field, each of which reads as that link again. */
export function linkLines({ entries }: LinksRead): string {
  return entries.map(({ download }) => linkLine(download.url)).join('\n');
}

function linkLine(given: string): string {
  const url = /[\s<>"]/u.test(given) ? new URL(given).href : given;
  // A mark at the end of a line is taken for that of a list; a fragment, which is never sent, ends it.
  const ended = /[,;]$/u.test(url) ? `${url}#` : url;
  const read = expandPattern(ended);
  const isPlain = read.kind === 'links' && read.links.length === 1 && read.links[0]?.url === ended;
  return isPlain ? ended : ended.replaceAll(/[[\]{}\\]/gu, String.raw`\$&`);
}

/** What the person says comes before what a file says. */
export function withFound(download: NewDownload, { byLink }: FoundLinks): NewDownload {
  const found = byLink.get(urlKey(download.url))?.download;
  if (found === undefined) return download;
  const headers = { ...found.headers, ...download.headers };
  const request = { ...found.request, ...download.request };
  return {
    ...found,
    ...download,
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    ...(Object.keys(request).length === 0 ? {} : { request }),
  };
}
