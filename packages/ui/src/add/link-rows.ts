/** The links of the Add dialog as rows: what is known of each, what the person changed, and what they come to together. */
import type { DownloadId, ErrorInfo, Preview } from '@sluice/contract';
import { type ParsedLink, urlKey } from '@sluice/formats';
import type { FoundLinks } from './found-links.ts';
import { suggestName } from './suggest-name.ts';

/** What is known of a link before it is added. */
export type Lookup =
  | { readonly kind: 'none' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'known'; readonly preview: Preview }
  | { readonly kind: 'failed'; readonly error: ErrorInfo };

/** What the person has changed of a row. */
export interface RowEdit {
  readonly name?: string;
  readonly isChosen?: boolean;
}

export interface LinkRow {
  readonly url: string;
  /** As typed, else as the server or the link names it. */
  readonly name: string;
  /** Null until it is known. */
  readonly sizeBytes: number | null;
  /** The ending of the name, else the media type; empty when neither is known. */
  readonly type: string;
  readonly lookup: Lookup;
  /** The download of the list with this link; null when there is none. */
  readonly listedId: DownloadId | null;
  readonly isChosen: boolean;
}

export interface RowFacts {
  readonly lookups: ReadonlyMap<string, Lookup>;
  readonly edits: ReadonlyMap<string, RowEdit>;
  /** Downloads of the list by {@link urlKey}. */
  readonly listed: ReadonlyMap<string, DownloadId>;
  /** What files say of the links. */
  readonly found: FoundLinks;
}

const notLookedUp: Lookup = { kind: 'none' };

/** A link that is on the list already is chosen only when the person says so. */
export function rowsOf(links: readonly ParsedLink[], { lookups, edits, listed, found }: RowFacts): LinkRow[] {
  return links.map(({ url }) => {
    const lookup = lookups.get(url) ?? notLookedUp;
    const edit = edits.get(url);
    const preview = lookup.kind === 'known' ? lookup.preview : null;
    const told = found.byLink.get(urlKey(url));
    const seen = preview === null ? suggestName(url) : lastPart(preview.path);
    const name = edit?.name ?? told?.download.name ?? seen;
    const listedId = listed.get(urlKey(url)) ?? null;
    return {
      url,
      name,
      sizeBytes: preview?.sizeBytes ?? told?.sizeBytes ?? null,
      type: typeOf(name, preview?.contentType ?? told?.contentType ?? null),
      lookup,
      listedId,
      isChosen: edit?.isChosen ?? listedId === null,
    };
  });
}

export type RowColumn = 'name' | 'size' | 'type';

export interface RowSort {
  readonly column: RowColumn;
  readonly descending: boolean;
}

/** @param sort null keeps the order in which the links were given */
export function sortRows(rows: readonly LinkRow[], sort: RowSort | null): readonly LinkRow[] {
  if (sort === null) return rows;
  const sign = sort.descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    // What is not known stands last, whichever way the rest is sorted.
    if (sort.column === 'size') {
      if (a.sizeBytes === null || b.sizeBytes === null)
        return Number(a.sizeBytes === null) - Number(b.sizeBytes === null);
      return sign * (a.sizeBytes - b.sizeBytes);
    }
    return sign * collator.compare(a[sort.column], b[sort.column]);
  });
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

export interface RowTotals {
  readonly chosen: number;
  readonly knownBytes: number;
  /** How many chosen rows have no size yet. */
  readonly unknown: number;
}

export function totalsOfRows(rows: readonly LinkRow[]): RowTotals {
  let [chosen, knownBytes, unknown] = [0, 0, 0];
  for (const { isChosen, sizeBytes } of rows) {
    if (!isChosen) continue;
    chosen += 1;
    if (sizeBytes === null) unknown += 1;
    else knownBytes += sizeBytes;
  }
  return { chosen, knownBytes, unknown };
}

/** As many as an engine keeps the answers of; looking up more by itself would use up links that work once. */
const mostLookups = 16;
const mostLookupsPerServer = 2;

/** The links that may be looked up without being asked to, in their order. */
export function safeLookups(links: readonly ParsedLink[]): string[] {
  const perServer = new Map<string, number>();
  const chosen: string[] = [];
  for (const { url } of links) {
    const { host } = new URL(url);
    const count = perServer.get(host) ?? 0;
    if (count >= mostLookupsPerServer) continue;
    perServer.set(host, count + 1);
    chosen.push(url);
    if (chosen.length === mostLookups) break;
  }
  return chosen;
}

function lastPart(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

function typeOf(name: string, contentType: string | null): string {
  const ending = /\.([a-z0-9]{1,5})$/iu.exec(name)?.[1];
  return ending?.toLowerCase() ?? contentType?.split(';')[0]?.trim() ?? '';
}
