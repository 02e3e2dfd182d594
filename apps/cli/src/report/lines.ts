/** The sentences of a `sluice get` that stay: what was saved, what failed, how to resume. */
import { join, relative } from 'node:path';
import type { ChecksumOrigin, DownloadView, ErrorInfo } from '@sluice/contract';
import { explain, quote, whatHappened } from '../sentences.ts';
import { formatBytes, formatDuration, formatSpeed } from '../terminal/amounts.ts';
import { cleanText } from '../terminal/clean-text.ts';
import type { PresentFile } from '../commands/get/present-files.ts';
import type { End, Rejection } from './reporter.ts';

/** Relative where that is shorter to read and to type. */
export function shownPath(download: DownloadView, workingFolder: string): string {
  return shortened(join(download.folder, download.name), workingFolder);
}

export function presentLine({ path }: PresentFile, workingFolder: string): string {
  return `there already: ${shortened(path, workingFolder)}`;
}

export function shortened(path: string, workingFolder: string): string {
  const near = relative(workingFolder, path);
  return cleanText(near.startsWith('..') || near === '' ? path : near);
}

/** What one download brought in this command. */
export interface Gain {
  readonly bytes: number;
  readonly durationMs: number;
}

export function savedLine(path: string, download: DownloadView, gain: Gain | null): string {
  const size = formatBytes(download.sizeBytes ?? download.receivedBytes);
  const verified = `${verifiedText(download)}${changeText(download)}`;
  if (gain === null || gain.durationMs < 1000) return `${path}  ${size}${verified}`;
  const speed = formatSpeed((gain.bytes * 1000) / gain.durationMs);
  return `${path}  ${size} in ${formatDuration(gain.durationMs)} (${speed})${verified}`;
}

const checksumOrigins: Readonly<Record<ChecksumOrigin, string>> = {
  user: 'as given',
  server: 'as the server said',
  beside: 'as published beside it',
};

function verifiedText({ verifiedBy, verifiedFrom }: DownloadView): string {
  return verifiedBy === undefined ? '' : `, ${verifiedBy} ${checksumOrigins[verifiedFrom ?? 'user']}`;
}

/** What became of what had been fetched of another version. */
function changeText({ change }: DownloadView): string {
  if (change === undefined || change.kind === 'back') return '';
  const kept = formatBytes(change.keptBytes);
  return change.kind === 'new'
    ? `; the file had changed on the server: this is the new version, and ${kept} of the old one were deleted`
    : `; the file had changed on the server: this is the new version, and ${kept} of the old one stay as they were`;
}

/** Where an earlier, unfinished file is now that could not be resumed; null when there was none. */
export function keptLine({ keptApart }: DownloadView, workingFolder: string): string | null {
  if (keptApart === undefined) return null;
  const path = shortened(keptApart, workingFolder);
  return `An unfinished file without its journal could not be resumed and is kept: ${path}. To use what is right of it: sluice adopt --link URL ${path}. Otherwise delete it.`;
}

export function failedLine(download: DownloadView, error: ErrorInfo): string {
  return `sluice: ${cleanText(download.name)}: ${explain(error)}`;
}

export function waitsForNetwork({ error }: { readonly error: ErrorInfo }): boolean {
  return error.facts?.['network'] === 'away';
}

export function waitingText(download: DownloadView, nowMs: number): string {
  if (download.state.kind !== 'waiting') return '';
  const { error, retryAtMs, attempt } = download.state;
  if (waitsForNetwork(download.state)) {
    const endsAtMs = error.facts?.['waitEndsAtMs'];
    const left = typeof endsAtMs === 'number' ? `, for ${formatDuration(Math.max(0, endsAtMs - nowMs))} at most` : '';
    return `waiting for the network${left} (${whatHappened(error)})`;
  }
  return `${whatHappened(error)}; attempt ${attempt + 1} in ${formatDuration(retryAtMs - nowMs)}`;
}

export function rejectedLine({ url, error }: Rejection): string {
  const { suggestion } = error.facts ?? {};
  const hint = typeof suggestion === 'string' ? ` Did you mean ${quote(withScheme(url, suggestion))}?` : '';
  return `sluice: ${quote(url)}: ${explain(error)}${hint}`;
}

/** In the place of what was typed for one: `htp://`, `//` or nothing at all. */
function withScheme(url: string, scheme: string): string {
  return `${scheme}://${url.replace(/^(?:[a-z][a-z\d+.-]*:(?=\/))?\/*/i, '')}`;
}

/** Said after the last download: what is unfinished, and how to resume it. */
export function endLines({ downloads, interrupted, error }: End): readonly string[] {
  if (error !== undefined) return [`sluice: ${explain(error)}`];
  if (!interrupted) return [];
  const open = downloads.filter(({ state }) => state.kind !== 'finished' && state.kind !== 'failed');
  const kept = open.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0);
  const lines = [
    `sluice: Stopped. ${formatBytes(kept)} of ${counted(open.length)} are kept; run the same command again to resume.`,
  ];
  if (downloads.some(({ state }) => state.kind === 'finished'))
    lines.push('sluice: Add --skip-present to leave out the files that are whole.');
  for (const { name, resumable } of open) {
    if (resumable === false)
      lines.push(`sluice: ${cleanText(name)}: this server cannot resume, so it will start over.`);
  }
  return lines;
}

function counted(downloads: number): string {
  return downloads === 1 ? 'one unfinished download' : `${downloads} unfinished downloads`;
}
