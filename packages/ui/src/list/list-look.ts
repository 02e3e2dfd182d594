/** What a person may choose about the look of the list. */

export const densities = ['comfortable', 'compact'] as const;
export type Density = (typeof densities)[number];

/** As in list.css: a compact row is one line. */
export const rowHeightsPx: Readonly<Record<Density, number>> = { comfortable: 58, compact: 28 };

/** Name and progress always stay: without them a row says nothing. */
export const hideableColumns = ['size', 'speed', 'remaining', 'added'] as const;
export type HideableColumn = (typeof hideableColumns)[number];
