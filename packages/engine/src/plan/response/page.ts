/** Recognises a web page that came in place of a file: a login, a captive portal, a "your link expired". */
import { headerValue } from './headers.ts';
import { mediaType } from './media-type.ts';
import { nameFromUrl } from '../names/name-from-url.ts';
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

/** What no web page is: archives, disk images, programs, packages, media and documents with a format of their own. */
const neverPages =
  /\.(?:7z|aab|apk|appimage|appx|avi|bin|bz2|cab|crx|deb|dll|dmg|docx?|epub|exe|flac|gz|heic|img|ipa|iso|jar|jpe?g|lz4|lzma|m4[av]|mkv|mobi|mov|mp[34]|msix?|nupkg|od[pst]|og[gv]|opus|otf|ova|pdf|pkg|png|pptx?|psd|qcow2|rar|rpm|snap|tar|t[bgx]z2?|tiff?|torrent|ttf|vhdx?|vmdk|wav|webm|webp|whl|woff2?|xlsx?|xpi|xz|zip|zst)$/i;

/**
 * True for an HTML answer to a link that names what no page is, unless the server calls it an attachment. A page is
 * most often a login, a list of mirrors or an apology then.
 * @param link as it was asked for, before redirects
 */
export function isPageForFile(link: string, seen: Resource, response: ResponseHead): boolean {
  if (!isPage(seen.contentType)) return false;
  if (/^attachment\b/i.test(headerValue(response.headers, 'content-disposition') ?? '')) return false;
  return [link, response.url].some((url) => neverPages.test(nameFromUrl(url) ?? ''));
}

function isPage(contentType: string | null): boolean {
  const type = mediaType(contentType);
  return type === 'text/html' || type === 'application/xhtml+xml';
}
