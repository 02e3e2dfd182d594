/** Tells the links of a `sluice get` whose files are there already from those that are still to be fetched. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { journalName, partialName, redactUrl, suggestFileName } from '@sluice/host';
import type { GetRequestItem } from './request.ts';

export interface PresentFile {
  /** Without the login that may be in it. */
  readonly url: string;
  readonly path: string;
}

export interface Sorted {
  readonly missing: readonly GetRequestItem[];
  readonly present: readonly PresentFile[];
}

/** By the name that was asked for or that the link suggests: what a server would call it, only a request could tell. */
export async function sortByExistence(downloads: readonly GetRequestItem[]): Promise<Sorted> {
  const missing: GetRequestItem[] = [];
  const present: PresentFile[] = [];
  for (const download of downloads) {
    const path = URL.canParse(download.url)
      ? join(download.folder, suggestFileName(download.url, download.name ?? null))
      : null;
    if (path !== null && (await isWhole(path))) present.push({ url: redactUrl(download.url), path });
    else missing.push(download);
  }
  return { missing, present };
}

/** A journal beside it is for the engine to clear away, which leaves the link out then. */
async function isWhole(path: string): Promise<boolean> {
  const besides = [partialName(path), journalName(path)];
  return (await isFile(path)) && !(await Promise.all(besides.map(isFile))).includes(true);
}

async function isFile(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => null);
  return facts?.isFile() === true;
}
