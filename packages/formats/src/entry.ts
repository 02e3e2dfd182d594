/** What a file or a text holds: the downloads that were understood, and line by line what was not. */
import type { NewDownload } from '@sluice/contract';
import type { LinkProblem } from './text/parse-links.ts';

export const fileFormats = [
  'text',
  'aria2',
  'csv',
  'curl',
  'desktop',
  'ef2',
  'har',
  'html',
  'metalink',
  'powershell',
  'sluice',
  'url',
  'webloc',
] as const;
export type FileFormat = (typeof fileFormats)[number];

export interface LinkEntry {
  /** Counts from 1; in HAR and in Sluice's export, which of its entries. */
  readonly line: number;
  readonly download: NewDownload;
  /** As the file says, to choose by; null where it does not. */
  readonly sizeBytes: number | null;
  readonly contentType: string | null;
  /** Of the answer that a HAR recorded. */
  readonly status: number | null;
}

export type ReadProblem =
  | LinkProblem
  /** Part of the format, but nothing that Sluice makes of it. */
  | { readonly kind: 'not-understood' }
  /** The file ends too early, or is not what its name says. */
  | { readonly kind: 'damaged' }
  /** An option, a field or a header that is not taken along; its value may be a secret and is not told. */
  | { readonly kind: 'left-out'; readonly name: string }
  /** The command reads a file of the machine it was made on. */
  | { readonly kind: 'needs-file' }
  /** A link without its server, on a page that does not say where it is from. */
  | { readonly kind: 'relative' }
  | { readonly kind: 'too-large' };

export interface UnreadLine {
  /** As {@link LinkEntry.line}. */
  readonly line: number;
  /** What stands there, shortened, without a login. */
  readonly text: string;
  readonly problem: ReadProblem;
}

export interface LinksRead {
  readonly format: FileFormat;
  /** Each request once, in the order given. */
  readonly entries: readonly LinkEntry[];
  readonly unread: readonly UnreadLine[];
  /** How many requests were given again. */
  readonly repeated: number;
  /** Lines of prose around links, which are counted and not told. */
  readonly skipped: number;
}
