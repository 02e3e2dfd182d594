/** Bars that move, for a person at a terminal: drawn at most ten times a second, below the lines that stay. */
import type { DownloadView } from '@sluice/contract';
import type { PresentFile } from '../commands/get/present-files.ts';
import type { Verdict } from './verdict.ts';
import { Screen } from '../terminal/screen.ts';
import { type Style, tint } from '../terminal/style.ts';
import { frame, type FrameSize } from './frame.ts';
import { Gains } from './gains.ts';
import { endLines, failedLine, keptLine, presentLine, rejectedLine, savedLine, shownPath } from './lines.ts';
import type { End, Rejection, Reporter, Streams } from './reporter.ts';

const drawEveryMs = 100;

export interface TerminalOptions {
  readonly workingFolder: string;
  readonly style: Style;
  /** As the terminal is now: people resize it. */
  readonly size: () => FrameSize;
  readonly nowMs: () => number;
}

export class TerminalReporter implements Reporter {
  readonly #streams: Streams;
  readonly #options: TerminalOptions;
  readonly #screen: Screen;
  readonly #gains: Gains;
  readonly #timer: NodeJS.Timeout;
  #downloads: readonly DownloadView[] = [];

  constructor(streams: Streams, options: TerminalOptions) {
    this.#streams = streams;
    this.#options = options;
    this.#screen = new Screen({ write: (text) => streams.out(text), columns: () => options.size().columns });
    this.#gains = new Gains(options.nowMs);
    // Countdowns move while nothing else does; a frame equal to the last one is not written.
    this.#timer = setInterval(() => this.#draw(), drawEveryMs);
  }

  changed(changed: readonly DownloadView[], all: readonly DownloadView[]): void {
    for (const download of changed) this.#gains.note(download);
    this.#downloads = all;
  }

  settled(download: DownloadView, verdict: Verdict): void {
    const { style, workingFolder } = this.#options;
    if (verdict.kind === 'failed') {
      this.#print(tint(failedLine(download, verdict.error), 'red', style));
      return;
    }
    const mark = tint(style.unicode ? '✓' : 'ok', 'green', style);
    const path = shownPath(download, workingFolder);
    this.#print(`${mark} ${savedLine(path, download, this.#gains.of(download))}`);
    const kept = keptLine(download, this.#options.workingFolder);
    if (kept !== null) this.#print(kept);
  }

  present(file: PresentFile): void {
    this.#print(presentLine(file, this.#options.workingFolder));
  }

  rejected(rejection: Rejection): void {
    this.#streams.error(`${tint(rejectedLine(rejection), 'red', this.#options.style)}\n`);
  }

  ended(end: End): void {
    clearInterval(this.#timer);
    this.#screen.clear();
    for (const line of endLines(end)) this.#streams.error(`${line}\n`);
  }

  /** The line of what has just ended goes from the moving ones at the same time. */
  #print(line: string): void {
    this.#screen.print(line);
    this.#draw();
  }

  #draw(): void {
    const { style, size, nowMs } = this.#options;
    this.#screen.draw(frame(this.#downloads, { style, size: size(), nowMs: nowMs() }));
  }
}
