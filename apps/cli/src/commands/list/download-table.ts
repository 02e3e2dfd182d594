/** Downloads as rows that stand in one another's columns: what `ls` prints, and what a command did to each. */
import type { DownloadView } from '@sluice/contract';
import { whatHappened } from '../../sentences.ts';
import { formatBytes, formatDuration, formatPercent, formatSpeed } from '../../terminal/amounts.ts';
import { cleanText } from '../../terminal/clean-text.ts';
import { cutMiddle } from '../../terminal/fit-text.ts';
import { type Style, type Tint, tint } from '../../terminal/style.ts';

export interface TableOptions {
  readonly idLength: number;
  readonly style: Style;
  /** Rows are cut at this width; null when the output is not a terminal. */
  readonly columns: number | null;
}

const titles = ['ID', 'STATE', 'DONE', 'SIZE', 'SPEED', 'LEFT'] as const;
const lastTitle = 'NAME';
/** Numbers stand at the right of their column. */
const firstNumber = 2;
const gap = '  ';

/** @returns one row a download, below a row of titles when there are any */
export function downloadTable(downloads: readonly DownloadView[], options: TableOptions): readonly string[] {
  if (downloads.length === 0) return [];
  const rows = downloads.map((download) => cellsOf(download, options.idLength));
  const widths = titles.map((title, index) => Math.max(title.length, ...rows.map((row) => row[index]?.length ?? 0)));
  const layOut = (cells: readonly string[], last: string): string => {
    const fitted = cells.map((text, index) => fit(text, index, widths[index] ?? 0)).join(gap);
    return options.columns === null
      ? `${fitted}${gap}${last}`
      : `${fitted}${gap}${cutMiddle(last, Math.max(1, options.columns - fitted.length - gap.length - 1))}`;
  };
  return [
    tint(layOut(titles, lastTitle), 'dim', options.style),
    ...downloads.map((download, index) =>
      tintOf(download, layOut(rows[index] ?? [], lastCell(download)), options.style),
    ),
  ];
}

function fit(text: string, index: number, width: number): string {
  return index < firstNumber ? text.padEnd(width) : text.padStart(width);
}

function cellsOf(download: DownloadView, idColumns: number): readonly string[] {
  const { id, sizeBytes, receivedBytes, speedBytesPerSecond, remainingMs } = download;
  return [
    id.slice(0, idColumns),
    stateWord(download),
    sizeBytes === null ? formatBytes(receivedBytes) : formatPercent(receivedBytes, sizeBytes),
    sizeBytes === null ? '' : formatBytes(sizeBytes),
    speedBytesPerSecond > 0 ? formatSpeed(speedBytesPerSecond) : '',
    remainingMs === null ? '' : formatDuration(remainingMs),
  ];
}

/** The contract's word, except that a run says what it is doing, and a failure that the file has changed. */
export function stateWord({ state }: DownloadView): string {
  if (state.kind === 'failed' && state.change !== undefined) return 'changed';
  return state.kind === 'running' && state.phase !== 'transferring' ? state.phase : state.kind;
}

function lastCell({ name, state }: DownloadView): string {
  const reason = state.kind === 'failed' || state.kind === 'waiting' ? ` (${whatHappened(state.error)})` : '';
  return `${cleanText(name)}${reason}`;
}

const tints: Readonly<Partial<Record<DownloadView['state']['kind'], Tint>>> = {
  running: 'green',
  waiting: 'yellow',
  failed: 'red',
  cancelled: 'dim',
};

function tintOf({ state }: DownloadView, row: string, style: Style): string {
  const colour = tints[state.kind];
  return colour === undefined ? row : tint(row, colour, style);
}
