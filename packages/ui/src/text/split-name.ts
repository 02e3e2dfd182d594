/** Splits a file name where an ellipsis may go, so that its end, which tells most, stays in sight. */

const tailLength = 10;

export interface SplitName {
  readonly head: string;
  readonly tail: string;
}

/** `head + tail` is the name. A name too short to need it has no tail. */
export function splitName(name: string): SplitName {
  if (name.length <= tailLength * 2) return { head: name, tail: '' };
  const cut = graphemeStart(name, name.length - tailLength);
  return { head: name.slice(0, cut), tail: name.slice(cut) };
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The start of what a person sees as one character at `index`: a flag or an accent is not torn apart. */
function graphemeStart(text: string, index: number): number {
  return graphemes.segment(text).containing(index)?.index ?? index;
}
