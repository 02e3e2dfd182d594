/** Decides where the window opens: where it was, if that place still exists. Pure. */

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const defaultSize = { width: 1040, height: 680 };
export const smallestSize = { width: 480, height: 360 };

/** Enough of the title bar to take hold of. */
const graspable = { width: 100, height: 40 };

function overlap(startA: number, lengthA: number, [startB, lengthB]: readonly [number, number]): number {
  return Math.min(startA + lengthA, startB + lengthB) - Math.max(startA, startB);
}

/** A screen that was unplugged, or made smaller, must not keep the window out of reach. */
export function isReachable(bounds: Bounds, areas: readonly Bounds[]): boolean {
  return areas.some(
    (area) =>
      overlap(bounds.x, bounds.width, [area.x, area.width]) >= graspable.width &&
      overlap(bounds.y, graspable.height, [area.y, area.height]) >= graspable.height,
  );
}

/** @returns bounds for the window; without a position the system chooses one */
export function openingBounds(remembered: Bounds | null, areas: readonly Bounds[]): Bounds | typeof defaultSize {
  if (remembered === null || !isReachable(remembered, areas)) return defaultSize;
  return {
    ...remembered,
    width: Math.max(smallestSize.width, remembered.width),
    height: Math.max(smallestSize.height, remembered.height),
  };
}
