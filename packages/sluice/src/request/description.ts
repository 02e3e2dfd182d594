/** What a caller may say of a request: a link alone, or a link and everything that goes with it. */
import type { RequestOptions } from '../core/options/request-options.ts';

/**
 * Header fields in any of the ways that programs hold them: an object (`undefined` leaves a name out, a list repeats
 * it), a `Headers`, a `Map`, or pairs. Names are not case-sensitive.
 */
export type HeadersLike =
  | Readonly<Record<string, string | number | readonly string[] | undefined>>
  | Headers
  | ReadonlyMap<string, string | readonly string[]>
  | Iterable<readonly [string, string | readonly string[]]>;

export type QueryValue = string | number | boolean;

/**
 * Names and values of a query or a form: an object (`undefined` leaves a name out, a list repeats it), pairs in an
 * order of their own, or what the platform has for it.
 */
export type Fields =
  | Readonly<Record<string, QueryValue | readonly QueryValue[] | undefined>>
  | readonly (readonly [string, QueryValue])[]
  | URLSearchParams;

/** One file of a form: from the disk, or its bytes. */
export interface UploadFile {
  /** Where its contents are read; either this or `contents`. */
  readonly path?: string;
  readonly contents?: string | Uint8Array;
  /** What the server is told it is called. Default: the last part of `path`, or `file`. */
  readonly name?: string;
  /** Media type. Default `application/octet-stream`. */
  readonly type?: string;
}

export type UploadPart = QueryValue | Blob | UploadFile;

/** The parts of a `multipart/form-data` body: by name, or a `FormData` as browsers have it. */
export type Upload = FormData | Readonly<Record<string, UploadPart | readonly UploadPart[]>>;

export type RequestMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A body from a stream that can be read once: it is never sent again, neither by a retry nor after a redirect. */
export interface UploadStream {
  readonly stream: AsyncIterable<Uint8Array>;
  /** Exactly; more or less ends the request with `request-invalid`. */
  readonly sizeBytes: number;
}

/** A body that is read as it is sent: of any size, in constant memory. */
export type UploadBody = { readonly path: string } | Blob | UploadStream;

/** At most one of `body`, `json`, `form` and `multipart`. */
export interface RequestDescription {
  /** Absolute: http, https, ftp, ftps, sftp or scp. A user name and password inside go to its own origin alone. */
  readonly url: string | URL;
  /** Added to the link's own query. */
  readonly query?: Fields;
  /**
   * Default: POST with a body, GET without. All but GET are asked over one connection and never resumed. A redirect
   * (RFC 9110 section 15.4) keeps the method with 307 and 308, and with 301 and 302 unless it is POST; after 303 it is
   * GET, or HEAD. What changes something is not sent on to another party (`redirect-unsafe`). HEAD gives a head, and so no file.
   */
  readonly method?: RequestMethod;
  /** Sent to the link's own origin, and only there. */
  readonly headers?: HeadersLike;
  /**
   * Sent as it is; `content-type` in `headers` says what it is. A file (`{ path }`), a Blob and a stream with its size
   * are read as they are sent. With GET and HEAD there is none.
   */
  readonly body?: string | Uint8Array | UploadBody;
  /** Sent as `application/json`. */
  readonly json?: unknown;
  /** Sent as `application/x-www-form-urlencoded`. */
  readonly form?: Fields;
  /** Sent as `multipart/form-data`. Files given by path are read as they are sent, in constant memory. */
  readonly multipart?: Upload;
  /** A PEM file of certificate authorities, trusted beside the system's. */
  readonly caFile?: string;
  /** Login, cookies, proxy, certificates, mirrors. What is said of a body here and above must not be said twice. */
  readonly request?: RequestOptions;
}

/** What every call of this package takes as its request. */
export type RequestLike = string | URL | RequestDescription;
