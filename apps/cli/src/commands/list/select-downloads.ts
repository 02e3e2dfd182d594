/** Which downloads of the list a person means: by id, the beginning of one, file name, link or state, or all. */
import type { DownloadStateKind, DownloadView } from '@sluice/contract';
import { type Parsed, wrongUsage } from '../../arguments/usage-error.ts';

export interface Selection {
  /** Each names one download. */
  readonly names: readonly string[];
  /** Null: of any state. */
  readonly states: readonly DownloadStateKind[] | null;
  readonly all: boolean;
}

/** In the order of the words, then of the list; none twice. */
export function selectDownloads(
  downloads: readonly DownloadView[],
  { names, states, all }: Selection,
): Parsed<readonly DownloadView[]> {
  const isMeant = ({ state }: DownloadView): boolean => states?.includes(state.kind) ?? true;
  if (names.length === 0) return { kind: 'ok', value: all || states !== null ? downloads.filter(isMeant) : [] };
  const selected = new Set<DownloadView>();
  for (const word of names) {
    const matches = matchesOf(downloads, word);
    const [match] = matches;
    if (match === undefined) return wrongUsage({ kind: 'no-such-download', word });
    if (matches.length > 1) return wrongUsage({ kind: 'several-downloads', word, ids: matches.map(({ id }) => id) });
    if (isMeant(match)) selected.add(match);
  }
  return { kind: 'ok', value: [...selected] };
}

/** What says more comes first: a whole id, then a whole name or link, then the beginning of an id. */
function matchesOf(downloads: readonly DownloadView[], word: string): readonly DownloadView[] {
  const byId = downloads.filter(({ id }) => id === word);
  if (byId.length > 0) return byId;
  const link = plainLink(word);
  const byName = downloads.filter(({ name, url }) => name === word || url === word || (link !== null && url === link));
  return byName.length > 0 ? byName : downloads.filter(({ id }) => word !== '' && id.startsWith(word));
}

/** The list shows links without user name and password. */
function plainLink(word: string): string | null {
  const url = URL.parse(word);
  if (url === null) return null;
  url.username = '';
  url.password = '';
  url.hash = '';
  return url.href;
}

/** The shortest beginnings that still tell all ids apart, never shorter than eight. */
export function idLength(downloads: readonly DownloadView[]): number {
  const ids = downloads.map(({ id }) => id).toSorted();
  let length = 8;
  for (const [index, id] of ids.entries()) {
    const next = ids[index + 1];
    while (next !== undefined && length < id.length && id.slice(0, length) === next.slice(0, length)) length += 1;
  }
  return length;
}
