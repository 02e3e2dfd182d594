/** Plain lines, for logs and pipes: the start and end of each download, and how far it is every few seconds. */
import type { DownloadView } from '@sluice/contract';
import type { PresentFile } from '../commands/get/present-files.ts';
import type { Verdict } from './verdict.ts';
import { formatBytes, formatDuration, formatPercent, formatSpeed } from '../terminal/amounts.ts';
import { cleanText } from '../terminal/clean-text.ts';
import { Gains } from './gains.ts';
import {
  endLines,
  failedLine,
  presentLine,
  rejectedLine,
  savedLine,
  shownPath,
  waitingText,
  keptLine,
} from './lines.ts';
import type { End, Rejection, Reporter, Streams } from './reporter.ts';

const progressEveryMs = 5_000;

export interface PlainOptions {
  readonly workingFolder: string;
  /** Says only what went wrong. */
  readonly quiet: boolean;
  /** Milliseconds since the epoch. */
  readonly nowMs: () => number;
}

export class PlainReporter implements Reporter {
  readonly #streams: Streams;
  readonly #options: PlainOptions;
  readonly #gains: Gains;
  /** When a line about a download was last written, and what its state was. */
  readonly #told = new Map<string, { readonly kind: string; readonly atMs: number }>();

  constructor(streams: Streams, options: PlainOptions) {
    this.#streams = streams;
    this.#options = options;
    this.#gains = new Gains(options.nowMs);
  }

  changed(changed: readonly DownloadView[]): void {
    for (const download of changed) {
      this.#gains.note(download);
      const line = this.#lineFor(download);
      if (line !== null) this.#say(line);
    }
  }

  settled(download: DownloadView, verdict: Verdict): void {
    if (verdict.kind === 'failed') {
      this.#streams.error(`${failedLine(download, verdict.error)}\n`);
      return;
    }
    const path = shownPath(download, this.#options.workingFolder);
    this.#say(`saved ${savedLine(path, download, this.#gains.of(download))}`);
    const kept = keptLine(download, this.#options.workingFolder);
    if (kept !== null) this.#say(kept);
  }

  present(file: PresentFile): void {
    this.#say(presentLine(file, this.#options.workingFolder));
  }

  rejected(rejection: Rejection): void {
    this.#streams.error(`${rejectedLine(rejection)}\n`);
  }

  ended(end: End): void {
    for (const line of endLines(end)) this.#streams.error(`${line}\n`);
  }

  #lineFor(download: DownloadView): string | null {
    const { id, state } = download;
    if (state.kind !== 'running' && state.kind !== 'waiting') return null;
    // A name is settled once bytes come: a line before that might name another file.
    if (state.kind === 'running' && download.receivedBytes === 0) return null;
    const atMs = this.#options.nowMs();
    const before = this.#told.get(id);
    if (before?.kind === state.kind && (state.kind === 'waiting' || atMs - before.atMs < progressEveryMs)) return null;
    this.#told.set(id, { kind: state.kind, atMs });
    return `${cleanText(download.name)}: ${state.kind === 'waiting' ? waitingText(download, atMs) : progressText(download)}`;
  }

  #say(line: string): void {
    if (!this.#options.quiet) this.#streams.out(`${line}\n`);
  }
}

function progressText({ sizeBytes, receivedBytes, speedBytesPerSecond, remainingMs }: DownloadView): string {
  const parts = [
    sizeBytes === null
      ? formatBytes(receivedBytes)
      : `${formatPercent(receivedBytes, sizeBytes)} of ${formatBytes(sizeBytes)}`,
  ];
  if (speedBytesPerSecond > 0) parts.push(`at ${formatSpeed(speedBytesPerSecond)}`);
  if (remainingMs !== null) parts.push(`${formatDuration(remainingMs)} left`);
  return parts.join(', ');
}
