/** A text in which the words that are searched for are marked. */

export interface MarkedTextProps {
  readonly text: string;
  /** Lower case; none marks nothing. */
  readonly words: readonly string[];
}

export function MarkedText({ text, words }: MarkedTextProps) {
  const parts = splitAtWords(text, words);
  if (parts.length <= 1) return text;
  return parts.map(({ at, part, isMarked }) => (isMarked ? <mark key={at}>{part}</mark> : part));
}

interface Part {
  readonly at: number;
  readonly part: string;
  readonly isMarked: boolean;
}

/** The parts are the text; where words overlap, the one that begins first is marked. */
export function splitAtWords(text: string, words: readonly string[]): readonly Part[] {
  const plain = text.toLowerCase();
  // A letter whose small form is longer would shift every place behind it.
  if (words.length === 0 || plain.length !== text.length) return [{ at: 0, part: text, isMarked: false }];
  const parts: Part[] = [];
  let at = 0;
  while (at < text.length) {
    const next = nearest(plain, words, at);
    if (next === null) break;
    if (next.start > at) parts.push({ at, part: text.slice(at, next.start), isMarked: false });
    parts.push({ at: next.start, part: text.slice(next.start, next.end), isMarked: true });
    at = next.end;
  }
  if (at < text.length) parts.push({ at, part: text.slice(at), isMarked: false });
  return parts;
}

function nearest(plain: string, words: readonly string[], from: number) {
  let best: { readonly start: number; readonly end: number } | null = null;
  for (const word of words) {
    const start = word === '' ? -1 : plain.indexOf(word, from);
    if (start !== -1 && (best === null || start < best.start)) best = { start, end: start + word.length };
  }
  return best;
}
