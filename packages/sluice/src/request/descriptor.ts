/** A request in its one normal form: everything resolved, nothing left to be read. */
import type { BodySource } from '@sluice/engine';
import type { RequestOptions } from '../core/options/request-options.ts';

export interface RequestDescriptor {
  /** Absolute, with its whole query, without a fragment. May carry a user name and password: not for logs. */
  readonly url: string;
  /** Lower-case names in alphabetical order. */
  readonly headers: Readonly<Record<string, string>>;
  /** Method and body included; certificate authorities are read. */
  readonly request: RequestOptions;
  /** The body when it is not among `request`: forms with files, files, streams, and bytes beyond 12 MiB. */
  readonly upload: BodySource | null;
  /**
   * SHA-256, in hex, of all that decides what the server is asked. Equal for requests that mean the same: it does not
   * depend on the order of headers, of query names, of form fields or of the members of a JSON object. It depends on
   * the order of values that share a name. Files are told apart by path, size and time of change; a stream is like no other. The way there (proxy, authorities, mirrors) does not count.
   */
  readonly key: string;
}
