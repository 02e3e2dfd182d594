/** Choices that look random and can be made again. */

/** An integer from 0 up to, but not including, `count`. */
export type Choose = (count: number) => number;

/** The same seed makes the same choices (mulberry32). */
export function seededChoice(seed: number): Choose {
  let state = seed >>> 0;
  return (count) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * count);
  };
}
