/** What can be wrong with a command line before anything is asked of an engine. */
export type UsageError =
  | { readonly kind: 'no-link' }
  /** A link where the command should be. */
  | { readonly kind: 'no-command'; readonly link: string }
  | { readonly kind: 'one-name-several-links'; readonly links: number }
  /** `sluice adopt --link` with more than one partial. */
  | { readonly kind: 'one-link-several-files'; readonly files: number }
  | { readonly kind: 'name-empty' }
  | { readonly kind: 'name-has-path'; readonly folder: string; readonly name: string }
  /** A range in a link that runs backwards, mixes letters with digits or has no step. */
  | { readonly kind: 'pattern-range'; readonly range: string }
  | { readonly kind: 'too-many-links'; readonly most: number }
  /** `option` as it is spelt in help; `least` and `most` belong to what is taken. */
  | {
      readonly kind: 'number';
      readonly option: string;
      readonly text: string;
      readonly least: number;
      readonly most: number;
    }
  | {
      readonly kind: 'seconds';
      readonly option: string;
      readonly text: string;
      readonly least: number;
      readonly most: number;
    }
  | { readonly kind: 'connections'; readonly text: string }
  | { readonly kind: 'retries'; readonly text: string }
  | { readonly kind: 'network-wait'; readonly text: string }
  | { readonly kind: 'tries'; readonly text: string }
  | { readonly kind: 'rate'; readonly option: string; readonly text: string }
  | { readonly kind: 'header'; readonly text: string }
  | { readonly kind: 'checksum' }
  | { readonly kind: 'yes-or-no'; readonly option: string; readonly text: string }
  /** `--continue=false`: Sluice always resumes. */
  | { readonly kind: 'always-continues' }
  /** A value that cannot be used; it may be a secret, and is not told. */
  | { readonly kind: 'request'; readonly option: string }
  /** A name without a password, and no terminal to ask for it on. */
  | { readonly kind: 'no-password'; readonly option: string; readonly variable: string }
  /** A file that an option names. */
  | { readonly kind: 'file-unreadable'; readonly option: string; readonly path: string }
  /** An option that means nothing without another. */
  | { readonly kind: 'goes-with'; readonly option: string; readonly other: string }
  | { readonly kind: 'either-or'; readonly one: string; readonly other: string }
  | { readonly kind: 'list-unreadable'; readonly path: string }
  /** A file to import. */
  | { readonly kind: 'import-unreadable'; readonly path: string }
  | { readonly kind: 'nothing-to-import' }
  /** Below a link in a list. */
  | { readonly kind: 'list-option'; readonly name: string; readonly line: number; readonly known: readonly string[] }
  /** A command about the list that does not say which downloads it is about. */
  | { readonly kind: 'none-selected'; readonly command: string }
  | { readonly kind: 'all-and-some' }
  /** `sluice changed` without a choice. */
  | { readonly kind: 'no-choice' }
  | { readonly kind: 'state'; readonly text: string; readonly known: readonly string[] }
  | { readonly kind: 'no-such-download'; readonly word: string }
  | { readonly kind: 'several-downloads'; readonly word: string; readonly ids: readonly string[] }
  | { readonly kind: 'nothing-to-set' }
  | { readonly kind: 'queue-name'; readonly text: string }
  | { readonly kind: 'no-such-queue'; readonly word: string; readonly known: readonly string[] }
  | { readonly kind: 'main-stays' }
  | { readonly kind: 'schedule'; readonly text: string }
  | { readonly kind: 'no-cache'; readonly folder: string }
  | { readonly kind: 'no-cached-named' }
  | { readonly kind: 'not-cached'; readonly word: string }
  | { readonly kind: 'duration'; readonly text: string }
  | { readonly kind: 'size'; readonly option: string; readonly text: string }
  | { readonly kind: 'setting-name'; readonly text: string; readonly known: readonly string[] }
  | { readonly kind: 'setting-value'; readonly name: string; readonly text: string; readonly accepted: string }
  | { readonly kind: 'port'; readonly text: string }
  /** No server runs that could take a link. */
  | { readonly kind: 'no-server' }
  | { readonly kind: 'no-such-session'; readonly word: string }
  | { readonly kind: 'ui-missing'; readonly folder: string; readonly given: boolean };

export type Parsed<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'usage-error'; readonly usageError: UsageError };

export function wrongUsage(usageError: UsageError): Parsed<never> {
  return { kind: 'usage-error', usageError };
}
