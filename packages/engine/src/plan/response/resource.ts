/** What responses have established about the remote bytes. */
import type { Checksum } from '@sluice/contract';
import { schemeOf } from '../connections/choose-backend.ts';

export interface Resource {
  /** Where the bytes came from after redirects, secrets included. */
  readonly finalUrl: string;
  /** Null when no response gave a length. */
  readonly totalBytes: number | null;
  /** Whether a ranged request has worked or the server says it will. */
  readonly ranges: 'proved' | 'offered' | 'unknown' | 'refused';
  /**
   * Why ranges are not asked for: the server said so, sent the whole instead, sent what was no such range, or refused
   * requests with a Range. All but the first were learned by one run, and the next one tries again. Absent where they
   * are not refused, and in journals of older versions.
   */
  readonly refusedBecause?: 'stated' | 'ignored' | 'garbled' | 'status';
  /** As sent, quotes and `W/` included; null when absent. */
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** The response's own Date: a Last-Modified close to it is weak (RFC 9110 section 8.8.2.2). */
  readonly date: string | null;
  readonly contentType: string | null;
  /** Anything but identity means the bytes cannot be ranged; null is identity. */
  readonly contentEncoding: string | null;
  /** Of the whole file, as the server stated them; absent when it did not. */
  readonly checksums?: readonly Checksum[];
}

/**
 * Without any validator nothing would show that two responses came from two versions: then one stream is all. So it is
 * where nothing would show that a part begins where it should.
 */
export function mayUseSeveral(resource: Resource): boolean {
  if (resource.totalBytes === null || resource.ranges === 'refused' || resource.contentEncoding !== null) return false;
  if (!saysWhereItBegins(resource)) return false;
  return resource.etag !== null || resource.lastModified !== null;
}

/**
 * Whether an answer tells of which bytes it is a part. An FTP server takes the order to begin somewhere (REST, RFC 959
 * section 4.1.3), and some begin at the beginning all the same: only bytes before that place, compared, can show it.
 */
export function saysWhereItBegins({ finalUrl }: Pick<Resource, 'finalUrl'>): boolean {
  return !schemeOf(finalUrl).startsWith('ftp');
}
