/** One JSON object a line, for scripts: downloads and errors in the shape the contract gives them. */
import type {
  Added,
  Adopted,
  DownloadDetails,
  DownloadView,
  ErrorInfo,
  Preview,
  QueueView,
  Settings,
} from '@sluice/contract';
import type { LinkEntry, UnreadLine } from '@sluice/formats';
import type { HostNotice, WebSession } from '@sluice/host';
import type { CacheEntry, Verified } from '@sluice/sluice/source';
import type { ExitCode } from '../exit-codes.ts';
import type { PresentFile } from '../commands/get/present-files.ts';
import type { End, Rejection, Reporter, Streams } from './reporter.ts';

/** Every line is one of these. Fields may be added; none changes its meaning. */
export type JsonLine =
  /** A download as it is now; its last line says how it ended. */
  | { readonly kind: 'download'; readonly download: DownloadView }
  /** What became of a link: `added`, `present` or `rejected`. `get` tells of the last alone, and fetches nothing then. */
  | Added['results'][number]
  /** What became of a partial: `adopted`, `present`, `deleted` or `rejected`, with `fileName` in the place of the link. */
  | Adopted['results'][number]
  /** What `--dry-run` says that a link would come to; one that would fail is `rejected`. */
  | { readonly kind: 'preview'; readonly url: string; readonly preview: Preview }
  /** A link that `--skip-present` left out, and the file that is there. */
  | ({ readonly kind: 'skipped' } & PresentFile)
  /** What `import --list` found in a file, and what it did not understand of it; `line` counts from 1. */
  | { readonly kind: 'link'; readonly path: string; readonly entry: LinkEntry }
  | { readonly kind: 'unread'; readonly path: string; readonly unread: UnreadLine }
  | { readonly kind: 'details'; readonly details: DownloadDetails }
  /** Off the list. */
  | { readonly kind: 'removed'; readonly id: string }
  /** Where a browser finds the list; the link signs in one browser, once. */
  | { readonly kind: 'serving'; readonly url: string }
  /** A browser that is signed in. */
  | { readonly kind: 'session'; readonly session: WebSession }
  | { readonly kind: 'queue'; readonly queue: QueueView }
  /** What a cache keeps, and whether it is still what was stored. */
  | { readonly kind: 'cached'; readonly entry: CacheEntry }
  | ({ readonly kind: 'verified' } & Verified)
  | { readonly kind: 'settings'; readonly settings: Partial<Settings> }
  /** What was wrong with the list when it was opened, and what became of it. */
  | { readonly kind: 'notice'; readonly notice: HostNotice }
  /** Always the last line. `error`: why nothing came of the whole command. */
  | { readonly kind: 'end'; readonly exitCode: ExitCode; readonly error?: ErrorInfo };

export class JsonReporter implements Reporter {
  readonly #streams: Streams;

  constructor(streams: Streams) {
    this.#streams = streams;
  }

  changed(changed: readonly DownloadView[]): void {
    for (const download of changed) this.#write({ kind: 'download', download });
  }

  /** The line before has said it. */
  settled(): void {}

  present({ url, path }: PresentFile): void {
    this.#write({ kind: 'skipped', url, path });
  }

  rejected({ url, error }: Rejection): void {
    this.#write({ kind: 'rejected', url, error });
  }

  ended({ exitCode, error }: End): void {
    this.#write({ kind: 'end', exitCode, ...(error === undefined ? {} : { error }) });
  }

  #write(line: JsonLine): void {
    this.#streams.out(`${JSON.stringify(line)}\n`);
  }
}
