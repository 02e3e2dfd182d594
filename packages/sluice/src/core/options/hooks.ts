/** What a program may do on the way of a download, and what it hears of it. */
import type { SluiceError } from '@sluice/contract';
import type { OutgoingRequest, Redirected } from '@sluice/engine';

export type { OutgoingRequest, Redirected } from '@sluice/engine';

/** Fields to set for one request, or with null to leave out. */
export type HeaderChanges = Readonly<Record<string, string | null>>;

/** A try that failed, and when the next one follows. */
export interface Retrying {
  /** As it was given; may carry a user name and password. */
  readonly url: string;
  /** Tries that failed in a row without a new byte, this one included; 1 for the first. */
  readonly attempt: number;
  readonly error: SluiceError;
  /** Milliseconds until the next try. */
  readonly delayMs: number;
}

/**
 * Each is awaited, on every backend and for every connection. What one of them throws ends the download, and is what
 * the call rejects with.
 */
export interface DownloadHooks {
  /**
   * Before each request, those of further connections and redirects included: may set header fields of its own. Fields
   * that Sluice owns (Range, If-Range, Accept-Encoding, Host, Content-Length and the like) are refused with `request-invalid`.
   */
  readonly beforeRequest?: (request: OutgoingRequest) => HeaderChanges | void | Promise<HeaderChanges | void>;
  /** Before a redirect is followed. False refuses it with `redirect-unsafe`. */
  readonly beforeRedirect?: (redirected: Redirected) => unknown;
  /** Before the wait for another try. False gives up with the error of the last one. */
  readonly beforeRetry?: (retrying: Retrying) => unknown;
}

/** Told, not asked: for logs and windows. What one of them throws ends the download, and is what the call rejects with. */
export interface DownloadEvents {
  readonly onRetry?: (retrying: Retrying) => unknown;
  readonly onRedirect?: (redirected: Redirected) => unknown;
  /** The name of the file, as soon as it is known; again should it change. Files and folders alone have one. */
  readonly onFileName?: (fileName: string) => unknown;
}
