/** Finds the name that a link suggests. */
import { linkPath } from '../request/link-path.ts';
import { decodeUtf8, percentDecode } from './text.ts';

/** A link whose last segment is a name as it stands: nothing encoded, nothing that parsing would change. */
const plainLink = /^https?:\/\/[a-z0-9.-]+(?::\d+)?\/(?:[\w./~-]*\/)?(\w[\w.-]*)(?:\?[!-~]*)?$/;

/**
 * The last non-empty segment of the path, percent-decoded once; null when the path has none. What decodes to a
 * separator or a NUL stays a char of the name, for the sanitiser to replace.
 */
export function nameFromUrl(url: string): string | null {
  // A list of a hundred thousand is named at once.
  const plain = plainLink.exec(url)?.[1];
  if (plain !== undefined) return plain;
  const parsed = URL.parse(url);
  const segment =
    parsed === null
      ? undefined
      : linkPath(parsed)
          .split('/')
          .findLast((part) => part !== '');
  if (segment === undefined) return null;
  const bytes = percentDecode(segment);
  return decodeUtf8(bytes) ?? new TextDecoder('windows-1252').decode(bytes);
}

/** The host, for links whose path names nothing; null for what is no link. */
export function hostFromUrl(url: string): string | null {
  const hostname = URL.parse(url)?.hostname;
  return hostname === undefined || hostname === '' ? null : hostname;
}
