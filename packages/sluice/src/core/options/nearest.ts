/** Finds the name that was meant by one that does not exist. */

/** How many letters may be wrong. */
const mostWrongLetters = 3;

/** The nearest known name; null when none is near. */
export function nearestName(unknown: string, known: Iterable<string>): string | null {
  // Longer than any name there is: not worth measuring.
  if (unknown.length > 100) return null;
  let nearest: string | null = null;
  let least = Math.min(mostWrongLetters, Math.floor(unknown.length / 2)) + 1;
  for (const name of known) {
    const wrong = distance(name, unknown);
    if (wrong < least) [nearest, least] = [name, wrong];
  }
  return nearest;
}

/** `did you mean X?`, or what there is. */
export function suggestion(unknown: string, known: readonly string[]): string {
  const nearest = nearestName(unknown, known);
  return nearest === null ? `there are ${listed(known, 'and')}` : `did you mean ${nearest}?`;
}

/** `a, b or c`. */
export function listed(words: readonly string[], last = 'or'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;
}

/** Levenshtein's, without regard to case. */
function distance(one: string, other: string): number {
  const [from, to] = [one.toLowerCase(), other.toLowerCase()];
  let row = Array.from({ length: to.length + 1 }, (_unused, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
