/** The moving lines of a terminal as a pure function of the downloads: one for each that is under way, and the total. */
import type { DownloadView } from '@sluice/contract';
import { formatBytes, formatDuration, formatPercent, formatSpeed } from '../terminal/amounts.ts';
import { cleanText } from '../terminal/clean-text.ts';
import { cutMiddle, fitText } from '../terminal/fit-text.ts';
import { progressBar } from '../terminal/progress-bar.ts';
import { type Style, type Tint, tint } from '../terminal/style.ts';
import { cellColumns, lineLayout } from './line-layout.ts';
import { waitingText } from './lines.ts';

export interface FrameSize {
  readonly columns: number;
  readonly rows: number;
}

export interface FrameOptions {
  readonly size: FrameSize;
  readonly style: Style;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
}

/** @returns lines, each narrower than the terminal and together lower than it */
export function frame(downloads: readonly DownloadView[], options: FrameOptions): readonly string[] {
  const { columns, rows } = options.size;
  // A line as wide as the terminal wraps on some of them.
  const width = Math.max(1, columns - 1);
  const active = downloads.filter(({ state }) => state.kind === 'running' || state.kind === 'waiting');
  const ahead = downloads.filter(({ state }) => state.kind === 'queued' || state.kind === 'paused');
  const hasTotal = downloads.length > 1 && active.length + ahead.length > 0;
  const room = Math.max(1, rows - 1 - (hasTotal ? 1 : 0));
  const shown = active.length > room ? active.slice(0, Math.max(1, room - 1)) : active;
  const hidden = active.length - shown.length;
  return [
    ...shown.map((download) => downloadLine(download, width, options)),
    ...(hidden > 0 && room > 1 ? [tint(cutMiddle(`… and ${hidden} more`, width), 'dim', options.style)] : []),
    ...(hasTotal ? [totalLine(downloads, width, options.style)] : []),
  ];
}

function downloadLine(download: DownloadView, width: number, { style, nowMs }: FrameOptions): string {
  const name = cleanText(download.name);
  const { state, sizeBytes, receivedBytes, speedBytesPerSecond, remainingMs, connections } = download;
  if (state.kind === 'waiting') {
    const { nameColumns } = lineLayout(width);
    const reason = cutMiddle(waitingText(download, nowMs), Math.max(0, width - nameColumns - 2));
    return `${fitText(name, nameColumns)}  ${tint(reason, 'yellow', style)}`.trimEnd();
  }
  const flowing = state.kind === 'running' && state.phase === 'transferring';
  const cells = [
    sizeBytes === null ? formatBytes(receivedBytes) : formatPercent(receivedBytes, sizeBytes),
    state.kind === 'running' && !flowing ? state.phase : formatSpeed(speedBytesPerSecond),
    flowing && remainingMs !== null ? formatDuration(remainingMs) : '',
    sizeBytes === null ? '' : `of ${formatBytes(sizeBytes)}`,
    connections > 1 ? `x${connections}` : '',
  ];
  return layOut({ name, share: shareOf(receivedBytes, sizeBytes), cells, colour: 'green' }, width, style);
}

function totalLine(downloads: readonly DownloadView[], width: number, style: Style): string {
  const finished = downloads.filter(({ state }) => state.kind === 'finished').length;
  const failed = downloads.filter(({ state }) => state.kind === 'failed').length;
  // What failed will bring nothing more, so it is no part of how far the rest is.
  const hopeful = downloads.filter(({ state }) => state.kind !== 'failed');
  const received = sum(hopeful.map(({ receivedBytes }) => receivedBytes));
  const total = hopeful.every(({ sizeBytes }) => sizeBytes !== null)
    ? sum(hopeful.map(({ sizeBytes }) => sizeBytes ?? 0))
    : null;
  const speed = sum(downloads.map(({ speedBytesPerSecond }) => speedBytesPerSecond));
  const cells = [
    total === null ? formatBytes(received) : formatPercent(received, total),
    formatSpeed(speed),
    total === null || speed <= 0 ? '' : formatDuration(((total - received) * 1000) / speed),
    total === null ? '' : `of ${formatBytes(total)}`,
  ];
  const name = `${finished} of ${downloads.length} done${failed > 0 ? `, ${failed} failed` : ''}`;
  return layOut({ name, share: shareOf(received, total), cells, colour: 'bold' }, width, style);
}

interface LineParts {
  readonly name: string;
  /** Null for an unknown size. */
  readonly share: number | null;
  readonly cells: readonly string[];
  readonly colour: Tint;
}

function layOut(deps: LineParts, width: number, style: Style): string {
  const layout = lineLayout(width);
  if (layout.cells === 0) return cutMiddle(deps.cells[0] ?? '', width);
  const cells = deps.cells
    .slice(0, layout.cells)
    .map((text, index) => (index < 3 ? text.padStart(cellColumns[index] ?? 0) : text.padEnd(cellColumns[index] ?? 0)));
  const bar =
    layout.barColumns === 0 ? [] : [tint(progressBar(deps.share, layout.barColumns, style), deps.colour, style)];
  return [fitText(deps.name, layout.nameColumns), ...bar, ...cells].join('  ').trimEnd();
}

function shareOf(received: number, total: number | null): number | null {
  if (total === null) return null;
  return total === 0 ? 1 : received / total;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
