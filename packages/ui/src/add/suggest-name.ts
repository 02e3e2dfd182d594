/** What a file will probably be called, as a hint only: the engine chooses the name when it knows more. */

/** @returns an empty string when the link suggests none */
export function suggestName(url: string): string {
  const path = URL.parse(url)?.pathname ?? '';
  const last = path.split('/').findLast((segment) => segment !== '') ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
