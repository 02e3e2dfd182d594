/** Cuts and pads text to columns of a terminal, where one character may take none, one or two. */
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** At most `columns` wide; the middle makes way, so that the extension stays. */
export function cutMiddle(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  if (columns <= 1) return columns === 1 ? '…' : '';
  const parts = [...graphemes.segment(text)].map(({ segment }) => segment);
  const tail = takeColumns(parts.toReversed(), Math.floor((columns - 1) / 3))
    .toReversed()
    .join('');
  const head = takeColumns(parts, columns - 1 - stringWidth(tail)).join('');
  return `${head}…${tail}`;
}

/** Exactly `columns` wide. */
export function fitText(text: string, columns: number): string {
  const cut = cutMiddle(text, columns);
  return cut + ' '.repeat(Math.max(0, columns - stringWidth(cut)));
}

/** How many rows a line takes on a terminal that folds what is wider than it, where no character is torn apart. */
export function rowsOf(line: string, columns: number): number {
  if (stringWidth(line) <= columns) return 1;
  let rows = 1;
  let used = 0;
  for (const { segment } of graphemes.segment(stripVTControlCharacters(line))) {
    const width = stringWidth(segment);
    if (used + width > columns) {
      rows += 1;
      used = 0;
    }
    used += width;
  }
  return rows;
}

function takeColumns(parts: readonly string[], columns: number): string[] {
  const taken: string[] = [];
  let width = 0;
  for (const part of parts) {
    width += stringWidth(part);
    if (width > columns) break;
    taken.push(part);
  }
  return taken;
}
