/** Which columns a progress line has at a given width, so that all lines of a terminal stand in one another's columns. */

export interface LineLayout {
  readonly nameColumns: number;
  /** 0: no bar. */
  readonly barColumns: number;
  /** How many of {@link cellColumns} there is room for, in their order of worth. */
  readonly cells: number;
}

/** How far, how fast, how long, of how much, over how many connections. */
export const cellColumns = [8, 11, 8, 12, 4] as const;

/** What must be left for name and bar before a cell is worth its place. */
const leftFor = [0, 16, 20, 40, 46] as const;

const gap = 2;
const least = { name: 12, bar: 8 } as const;
const most = { name: 44, bar: 40 } as const;

export function lineLayout(width: number): LineLayout {
  let left = width;
  let cells = 0;
  for (const [index, columns] of cellColumns.entries()) {
    const after = left - columns - gap;
    if (after < (leftFor[index] ?? 0)) break;
    left = after;
    cells += 1;
  }
  const roomForBar = left - gap - least.name;
  if (roomForBar < least.bar) return { nameColumns: Math.max(0, Math.min(most.name, left)), barColumns: 0, cells };
  const barColumns = Math.min(most.bar, Math.max(least.bar, Math.round((left - gap) * 0.4)));
  return { nameColumns: Math.min(most.name, left - gap - barColumns), barColumns, cells };
}
