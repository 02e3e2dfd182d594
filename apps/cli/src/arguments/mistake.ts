/** What can be wrong with a command line before anything is asked of an engine. */
export type Mistake =
  | { readonly kind: 'no-link' }
  /** A link where the command should be. */
  | { readonly kind: 'no-command'; readonly link: string }
  | { readonly kind: 'one-name-several-links'; readonly links: number }
  | { readonly kind: 'name-empty' }
  | { readonly kind: 'name-has-path'; readonly folder: string; readonly name: string }
  | { readonly kind: 'connections'; readonly text: string }
  | { readonly kind: 'retries'; readonly text: string }
  | { readonly kind: 'rate'; readonly text: string }
  | { readonly kind: 'header'; readonly text: string }
  /** A value that cannot be used, or a file that cannot be read. */
  | { readonly kind: 'request'; readonly option: string }
  | { readonly kind: 'port'; readonly text: string }
  | { readonly kind: 'ui-missing'; readonly folder: string; readonly given: boolean };

export type Parsed<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'mistake'; readonly mistake: Mistake };
