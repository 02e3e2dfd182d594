/** A situation of the fault list that a server can create: tests drive Sluice against it, people any other program. */
import type { Origin } from '../origin/origin.ts';

/** How large the served file is and how fast each connection gets it. */
export interface PlayScale {
  readonly sizeBytes: number;
  /** Body bytes per second and connection; undefined: as fast as it goes. */
  readonly bytesPerSecond?: number;
}

export interface Play {
  /** As in the fault list: `F67`. */
  readonly fault: `F${number}`;
  /** One line: what the server does. Unique among the plays of one fault. */
  readonly name: string;
  /** One line: what a correct client does. */
  readonly right: string;
  /** Serves {@link playPath} and scripts its answers. Call it once per origin. */
  readonly stage: (origin: Origin, scale: PlayScale) => void;
}

/** Where every play serves its file. */
export const playPath = '/file.bin';

/** Seeds of the two versions of the file. Every byte that a correct client saves is of exactly one of them. */
export const versionA = 65_001;
export const versionB = 65_002;

/** The scale of the fault list: long enough for several connections, and for a kill by hand. */
export const fullScale: PlayScale = { sizeBytes: 24 * 1024 * 1024, bytesPerSecond: 3 * 1024 * 1024 };
