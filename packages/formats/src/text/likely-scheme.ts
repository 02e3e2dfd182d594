/** Guesses which scheme a mistyped one was meant to be. */

/** One slip of the finger: a letter missing, doubled, wrong, or two swapped. */
const mostSlips = 1;

/** @returns the closest of `known` that is one slip away, if any */
export function likelyScheme(typed: string, known: readonly string[]): string | undefined {
  return known.find((scheme) => scheme !== typed && slipsBetween(typed, scheme) <= mostSlips);
}

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours each count one. */
function slipsBetween(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          cell(rows, i - 1, j) + 1,
          (row[j - 1] ?? 0) + 1,
          cell(rows, i - 1, j - 1) + substitution,
          swapped ? cell(rows, i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    rows.push(row);
  }
  return cell(rows, a.length, b.length);
}

function cell(rows: readonly (readonly number[])[], row: number, column: number): number {
  return rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
}
