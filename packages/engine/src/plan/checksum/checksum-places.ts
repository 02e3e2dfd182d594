/** Says where in a file's remote folder its checksum may be published. */
import type { ChecksumAlgorithm } from '@sluice/contract';
import { nameFromUrl } from '../names/name-from-url.ts';
import { wireUrl } from '../request/request-headers.ts';

export interface ChecksumPlace {
  readonly url: string;
  /** Of all checksums there; null when the name does not say. */
  readonly algorithm: ChecksumAlgorithm | null;
  /** `file`: about this file alone; `folder`: a list that serves every file of the folder. */
  readonly about: 'file' | 'folder';
}

export interface ChecksumPlaces {
  /** The remote folder: a link that ends in a slash. */
  readonly folder: string;
  /** The file's name there. */
  readonly fileName: string;
  /** Likeliest first. */
  readonly places: readonly ChecksumPlace[];
}

type Candidate = readonly [about: 'file' | 'folder', name: string, algorithm: ChecksumAlgorithm | null];

/**
 * In the order in which to ask: what is common before what is rare, strong before weak. The number is bounded, since each is a
 * question that most servers answer with "not found", and some count those.
 */
const candidates: readonly Candidate[] = [
  ['file', '.sha256', 'sha-256'],
  ['folder', 'SHA256SUMS', 'sha-256'],
  ['file', '.sha512', 'sha-512'],
  ['folder', 'SHA512SUMS', 'sha-512'],
  ['file', '.sha256sum', 'sha-256'],
  ['folder', 'checksums.txt', null],
  ['folder', 'sha256sum.txt', 'sha-256'],
  ['file', '.sha1', 'sha-1'],
  ['file', '.md5', 'md5'],
  ['folder', 'MD5SUMS', 'md5'],
];

/** What vouches for other files is not vouched for in turn. */
const isVoucher = /(?:\.(?:sha\d+(?:sum)?|md5(?:sum)?|asc|sig|sign|gpg|minisig|pem)|sums?(?:\.txt)?)$/i;

/**
 * Beside the link that the bytes came from; or, when that one is made up for the occasion (it has a query), beside
 * the link that was given. Null when neither names a plain file: its query would be part of the question, and
 * may be a secret.
 */
export function checksumPlaces(links: { readonly finalUrl: string; readonly link: string }): ChecksumPlaces | null {
  for (const link of [links.finalUrl, links.link]) {
    const url = URL.parse(wireUrl(link));
    // Other schemes start a program for each question.
    if (url === null || !/^https?:$/.test(url.protocol)) continue;
    if (url.search !== '' || !/[^/]$/.test(url.pathname)) continue;
    const fileName = nameFromUrl(url.href);
    if (fileName === null || isVoucher.test(fileName)) continue;
    const folder = new URL('./', url).href;
    const places = candidates.map(([about, name, algorithm]) => ({
      url: about === 'file' ? `${url.href}${name}` : `${folder}${name}`,
      algorithm,
      about,
    }));
    return { folder, fileName, places };
  }
  return null;
}
