/** Chooses what a download's file is called. */
import { parseContentDisposition } from './content-disposition.ts';
import { extensionForType, hasExtension, withoutScript } from './extensions.ts';
import { hostFromUrl, nameFromUrl } from './name-from-url.ts';
import { fallbackName, type Platform, sanitizeFileName } from './sanitize.ts';

export interface FileNameOptions {
  /** As requested. */
  readonly url: string;
  /** After redirects. */
  readonly finalUrl?: string | null;
  /** The field as it travelled, one char per byte. */
  readonly contentDisposition?: string | null;
  readonly contentType?: string | null;
  readonly userName?: string | null;
  readonly platform: Platform;
}

/**
 * In this order: what the user said; what the server said; the last segment of the final link, or of the requested
 * one if that alone still has its extension; the host; `download`. A media type supplies an extension only where the
 * link gives none. Always sanitised, always last.
 */
export function chooseFileName(options: FileNameOptions): string {
  const { platform } = options;
  const userName = usable(options.userName);
  if (userName !== null) return sanitizeFileName(userName, platform);
  const disposition = options.contentDisposition ?? null;
  const given = usable(disposition === null ? null : lastComponent(parseContentDisposition(disposition)));
  if (given !== null) return sanitizeFileName(given, platform);
  const type = options.contentType ?? null;
  const linked = nameFromLinks(options);
  if (linked !== null) return sanitizeFileName(complete(plainName(linked, type), type), platform);
  const host = hostFromUrl(options.finalUrl ?? options.url);
  const extension = extensionForType(type) ?? '';
  return sanitizeFileName((usable(host) ?? fallbackName) + extension, platform);
}

/** Storage behind a redirect often names files by their hash: then the link people know has the better name. */
function nameFromLinks(options: FileNameOptions): string | null {
  const requested = usable(nameFromUrl(options.url));
  const final =
    options.finalUrl === undefined || options.finalUrl === null ? null : usable(nameFromUrl(options.finalUrl));
  if (final === null || requested === null) return final ?? requested;
  const finalSays = hasExtension(final) && withoutScript(final) === final;
  const requestedSays = hasExtension(requested) && withoutScript(requested) === requested;
  return !finalSays && requestedSays ? requested : final;
}

/** `get.php` that answers with a zip is not a php file. */
function plainName(name: string, contentType: string | null): string {
  const extension = extensionForType(contentType);
  if (extension === null || extension === '.html') return name;
  return usable(withoutScript(name)) ?? name;
}

function complete(name: string, contentType: string | null): string {
  return hasExtension(name) ? name : name + (extensionForType(contentType) ?? '');
}

/** A server's own path is none of our business (RFC 6266 section 4.3). */
function lastComponent(name: string | null): string | null {
  return name?.split(/[/\\]/).findLast((part) => part !== '') ?? null;
}

/** Null for names without a single char that could be part of one. */
function usable(name: string | null | undefined): string | null {
  if (name === null || name === undefined) return null;
  return /[^\s.\p{C}/\\]/u.test(name) ? name : null;
}
