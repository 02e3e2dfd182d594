/** Choices that look random and can be made again. */

/** An integer from 0 up to, but not including, `count`. Where it decides what a power cut leaves, more means more is left. */
export type Choose = (count: number) => number;

/** A power cut that takes everything not synced. */
export const loseAll: Choose = () => 0;

/** A power cut that takes nothing: all caches reached the disk just in time. */
export const keepAll: Choose = (count) => count - 1;

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
