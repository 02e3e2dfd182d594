/** Reads a whole number from what was typed: digits alone, so that `0x10`, `1e3` and `8 ` are no numbers. */

/** @returns null when the text is no whole number or lies outside the bounds, both of them included */
export function parseWholeNumber(text: string, [least, most]: readonly [number, number]): number | null {
  if (!/^\d{1,15}$/.test(text)) return null;
  const value = Number(text);
  return value >= least && value <= most ? value : null;
}
