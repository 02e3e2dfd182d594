/** Recognises a web page that came in place of a file: a login, a captive portal, a "your link expired". */
import { headerValue } from './headers.ts';
import { mediaType } from './media-type.ts';
import type { Resource } from './resource.ts';
import { compareVersions } from './validators.ts';
import type { ResponseHead } from './verdict.ts';

/**
 * True for an HTML answer where no HTML was known (RFC 6585 section 6 tells of such portals). Not so when it is
 * the known version, has the known length, or calls itself an attachment.
 */
export function isPageInstead(known: Resource, seen: Resource, response: ResponseHead): boolean {
  if (!isPage(seen.contentType) || isPage(known.contentType)) return false;
  if (/^attachment\b/i.test(headerValue(response.headers, 'content-disposition') ?? '')) return false;
  if (compareVersions(known, seen) === 'same') return false;
  return known.totalBytes === null || known.totalBytes !== seen.totalBytes;
}

function isPage(contentType: string | null): boolean {
  const type = mediaType(contentType);
  return type === 'text/html' || type === 'application/xhtml+xml';
}
