/** The rows of the Add dialog: looked up as far as that is safe, edited and chosen by the person. */
import type { DownloadId, DownloadView, NewDownload } from '@sluice/contract';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../app/services.ts';
import { type LinkRow, type RowEdit, rowsOf, type RowTotals, safeLookups, totalsOfRows } from './link-rows.ts';
import { type ParsedLink, urlKey } from '@sluice/formats';
import { type FoundLinks, withFound } from './found-links.ts';
import type { ChosenLink } from './use-add.ts';
import { LookupQueue } from './lookup-queue.ts';

export interface LinkRowsModel {
  readonly rows: readonly LinkRow[];
  readonly totals: RowTotals;
  /** Rows that could be looked up and were not. */
  readonly notLookedUp: readonly string[];
  edit(url: string, edit: RowEdit): void;
  chooseAll(isChosen: boolean): void;
  lookUpAll(): void;
  /** What is to be added of links that were read afresh. */
  choose(links: readonly ParsedLink[]): ChosenLink[];
}

export interface LinkRowsOptions {
  /** The text came as a whole: what is still being typed is not looked up. */
  readonly isWhole: boolean;
  /** The download that a link of these takes the place of: it does not stand in the way. */
  readonly replaces: DownloadId | undefined;
  /** What files say of the links. */
  readonly found: FoundLinks;
  readonly fieldsOf: (links: number) => Omit<NewDownload, 'url'>;
}

export function useLinkRows(
  links: readonly ParsedLink[],
  { isWhole, replaces, found, fieldsOf }: LinkRowsOptions,
): LinkRowsModel {
  const { engine, replica } = useServices();
  const [edits, setEdits] = useState<ReadonlyMap<string, RowEdit>>(new Map());
  const [queue] = useState(() => new LookupQueue(engine));
  const lookups = useStore(queue.store);
  const isEmpty = links.length === 0;
  // As the list is when the first link comes: what is added meanwhile elsewhere, the engine knows.
  const listed = useMemo(
    () => (isEmpty ? noneListed : listedLinks(replica.getState().downloads.values(), replaces)),
    [isEmpty, replica, replaces],
  );
  const rows = useMemo(() => rowsOf(links, { lookups, edits, listed, found }), [links, lookups, edits, listed, found]);
  const totals = useMemo(() => totalsOfRows(rows), [rows]);

  function lookUp(urls: readonly string[]): void {
    const fields = fieldsOf(links.length);
    queue.lookUp(urls.map((url) => withFound({ url, ...fields }, found)));
  }

  const lookUpSafely = useEffectEvent((given: readonly ParsedLink[]) => {
    lookUp(safeLookups(given.filter(({ url }) => !listed.has(urlKey(url)))));
  });
  useEffect(() => {
    if (isWhole) lookUpSafely(links);
  }, [isWhole, links]);
  useEffect(() => () => queue.stop(), [queue]);

  function edit(url: string, change: RowEdit): void {
    setEdits((before) => new Map(before).set(url, { ...before.get(url), ...change }));
  }

  return {
    rows,
    totals,
    notLookedUp: rows.flatMap(({ url, lookup }) => (lookup.kind === 'none' ? [url] : [])),
    edit,
    chooseAll: (isChosen) => {
      setEdits((before) => {
        const next = new Map(before);
        for (const { url } of rows) next.set(url, { ...next.get(url), isChosen });
        return next;
      });
    },
    lookUpAll: () => lookUp(rows.map(({ url }) => url)),
    choose: (fresh) =>
      rowsOf(fresh, { lookups, edits, listed, found })
        .filter(({ isChosen }) => isChosen)
        .map(({ url }) => ({ url, name: edits.get(url)?.name ?? '' })),
  };
}

const noneListed: ReadonlyMap<string, DownloadId> = new Map();

function listedLinks(
  downloads: Iterable<DownloadView>,
  except: DownloadId | undefined,
): ReadonlyMap<string, DownloadId> {
  const found = new Map<string, DownloadId>();
  for (const { id, url } of downloads) if (id !== except) found.set(urlKey(url), id);
  return found;
}
