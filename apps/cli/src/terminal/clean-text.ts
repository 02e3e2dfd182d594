/** Makes text from outside safe to print: a file name or a server's word must not steer the terminal. */
import { stripVTControlCharacters } from 'node:util';

/** Control characters, line breaks, and marks that reorder what follows them (Unicode UAX #9). */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

export function cleanText(text: string): string {
  return stripVTControlCharacters(text).replaceAll(unprintable, '\uFFFD');
}
