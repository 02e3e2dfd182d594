/** Finds a login in a link that ends too early, because a character of it means something else there. */
import { isFileScheme, isWebScheme } from '../connections/choose-backend.ts';

export interface MistypedLogin {
  /** The character that ends it. */
  readonly character: string;
  /** How it is written instead. */
  readonly written: string;
}

/**
 * In `http://me:p#w@host/` the link ends before the server is named, and what was a password is a port. With a slash
 * behind digits (`http://me:12/w@host`) it is a good link to another place, and the mistake cannot be seen.
 */
export function findMistypedLogin(text: string): MistypedLogin | null {
  const { scheme, rest } = takeApart(text);
  if (!isWebScheme(scheme) && !isFileScheme(scheme)) return null;
  const end = rest.search(/[/?#\\]/);
  const lastAt = rest.lastIndexOf('@');
  if (end < 0 || lastAt < end) return null;
  const character = rest[end] ?? '';
  const between = rest.slice(end, lastAt);
  const isQuery = character === '?' && between.includes('=');
  // A host may be followed by a fragment or a query at once, but hardly by one with the rest of a login in it.
  const hasColon = rest.slice(0, lastAt).includes(':');
  const endsHost = (character === '#' || character === '?') && !isQuery && hasColon;
  if (!endsHost && !hasOddPort(rest.slice(0, end))) return null;
  return { character, written: `%${character.charCodeAt(0).toString(16).toUpperCase()}` };
}

/**
 * What may be shown of a text that is not a good link, or has a mistyped login: nothing up to its last `@`, and nothing
 * that stands where a port would.
 */
export function withoutLogin(text: string): string {
  const { prefix, rest } = takeApart(text);
  const lastAt = rest.lastIndexOf('@');
  // What comes before a login without a scheme (`me:password@host`) reads as one.
  const kept = lastAt >= 0 && !/[/\\]$/.test(prefix) && !isKnown(text) ? '' : prefix;
  const shown = lastAt < 0 ? rest : rest.slice(lastAt + 1);
  const end = shown.search(/[/?#\\]/);
  const authority = end < 0 ? shown : shown.slice(0, end);
  if (!hasOddPort(authority)) return `${kept}${shown}`;
  return `${kept}${authority.slice(0, authority.indexOf(':'))}:***`;
}

function isKnown(text: string): boolean {
  const { scheme } = takeApart(text);
  return isWebScheme(scheme) || isFileScheme(scheme);
}

function takeApart(text: string): { readonly scheme: string; readonly prefix: string; readonly rest: string } {
  const prefix = /^\s*(?:[a-z][a-z0-9+.-]*(?::|(?=\/\/)))?[/\\]*/i.exec(text)?.[0] ?? '';
  const scheme = /[a-z][a-z0-9+.-]*(?=:)/i.exec(prefix)?.[0].toLowerCase() ?? '';
  return { scheme, prefix, rest: text.slice(prefix.length) };
}

/** Something behind the first colon that is not a number; not in the brackets of an address. */
function hasOddPort(authority: string): boolean {
  return !authority.includes('@') && /^[^[\]:]*:(?!\d*$)/.test(authority);
}
