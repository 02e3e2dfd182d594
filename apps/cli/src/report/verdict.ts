/** How a download ended for the command that fetched it. */
import type { ErrorInfo } from '@sluice/contract';

/** How a download ended for this command. */
export type Verdict =
  | { readonly kind: 'finished' }
  /** The server's answer named a file that is there already, whole. */
  | { readonly kind: 'present'; readonly path: string }
  | { readonly kind: 'failed'; readonly error: ErrorInfo };
