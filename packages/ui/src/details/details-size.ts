/** Where the details are and how much room they take. */

export const detailsDocks = ['bottom', 'right'] as const;
export type DetailsDock = (typeof detailsDocks)[number];

export const defaultDetailsPx = 268;
const [leastPx, mostPx] = [120, 900] as const;

/** Never so small that nothing can be read; the layout keeps three rows of the list whatever is asked for. */
export function fitDetails(px: number): number {
  return Math.min(mostPx, Math.max(leastPx, Math.round(px)));
}
