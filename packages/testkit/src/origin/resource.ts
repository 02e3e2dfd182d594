/** What an origin serves under a path without a script. */
import type { HeaderChanges } from './headers.ts';

/** A body known from its seed, or one given in full. */
export type ResourceContent =
  | { readonly seed: number; readonly sizeBytes: number; readonly body?: never }
  | { readonly body: string | Uint8Array; readonly seed?: never; readonly sizeBytes?: never };

export interface ResourceTraits {
  /** Exactly as sent, quotes and `W/` included. Null: none. Default: a strong one made from seed and size. */
  readonly etag?: string | null;
  /** An HTTP date. Null: none. Default: a fixed date in 2024. */
  readonly lastModified?: string | null;
  /** False: every Range is ignored and answered with 200 and the whole body. Default true. */
  readonly ranges?: boolean;
  /** Null: none. Default `application/octet-stream`. */
  readonly contentType?: string | null;
  /** The whole field value, latin-1. */
  readonly contentDisposition?: string;
  readonly headers?: HeaderChanges;
  /** Body bytes per second and connection. Default: as fast as it goes. */
  readonly bytesPerSecond?: number;
}

export type OriginResource = ResourceContent & ResourceTraits;

export const defaultLastModified = 'Tue, 02 Jan 2024 03:04:05 GMT';

export function etagOf(resource: OriginResource): string | null {
  if (resource.etag !== undefined) return resource.etag;
  return resource.body === undefined ? `"${resource.seed}-${resource.sizeBytes}"` : `"body-${resource.body.length}"`;
}

export function lastModifiedOf(resource: OriginResource): string | null {
  return resource.lastModified === undefined ? defaultLastModified : resource.lastModified;
}
