/** Where a running `sluice get` reports: a terminal, a log or a script. */
import type { DownloadView, ErrorInfo } from '@sluice/contract';
import type { ExitCode } from '../exit-codes.ts';
import type { PresentFile } from '../commands/get/present-files.ts';
import type { Verdict } from './verdict.ts';

export interface Reporter {
  /** @param all every download, in the order of the list; `changed` is part of it */
  changed(changed: readonly DownloadView[], all: readonly DownloadView[]): void;
  /** Once for each download that has come to an end, after `changed` has told of it. */
  settled(download: DownloadView, verdict: Verdict): void;
  /** A link whose file is there already, and that is left out. */
  present(file: PresentFile): void;
  /** A link that was not taken. Nothing is downloaded then. */
  rejected(rejection: Rejection): void;
  /** The last call. */
  ended(end: End): void;
}

export interface Rejection {
  /** Without secrets. */
  readonly url: string;
  readonly error: ErrorInfo;
}

export interface End {
  readonly exitCode: ExitCode;
  readonly downloads: readonly DownloadView[];
  readonly interrupted: boolean;
  /** Why nothing came of the whole command, where it is not one download's fault. */
  readonly error?: ErrorInfo;
}

/** Where a reporter writes: standard output for what was asked for, standard error for what went wrong. */
export interface Streams {
  out(text: string): void;
  error(text: string): void;
}
