/**
 * Takes blanks and the like off the ends of texts that others wrote, in linear time: a regular expression that is tied
 * to the end alone starts anew at each char, so that its time grows with the square of a run in the middle.
 */

/** @param isTrimmed is asked once for each char that goes, and once for the first that stays */
export function trimEndWhere(text: string, isTrimmed: (char: string) => boolean): string {
  let end = text.length;
  while (end > 0 && isTrimmed(text.charAt(end - 1))) end -= 1;
  return end === text.length ? text : text.slice(0, end);
}

/** Optional whitespace is space and tab only (RFC 9110 section 5.6.3); `trim()` would also eat U+00A0. */
export function trimOptionalSpace(text: string): string {
  let start = 0;
  while (start < text.length && isOptionalSpace(text.charAt(start))) start += 1;
  return trimEndWhere(start === 0 ? text : text.slice(start), isOptionalSpace);
}

function isOptionalSpace(char: string): boolean {
  return char === ' ' || char === '\t';
}
