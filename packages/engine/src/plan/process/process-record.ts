/** A process as others can ask after it, from the same container, from another one, or from another machine. */

export interface ProcessRecord {
  /** The same for every process of one installed system; null where it says nothing. */
  readonly machine: string | null;
  /** The same for all that run on one kernel since it started, in whatever container; null where it says nothing. */
  readonly boot: string | null;
  /** Those of one namespace see each other's numbers. */
  readonly namespace: string | null;
  readonly pid: number;
  /** When it started, in its system's own words: a number is given again, a number and a start is not. */
  readonly started: string | null;
}

/** `unknown`: it cannot be told from here. */
export type Liveness = 'alive' | 'dead' | 'unknown';

/**
 * Of a lock that the system takes back when the process ends: `ours` from now on; another descriptor's; `none` where the
 * system or the disk gives none.
 */
export type LockState = 'ours' | 'theirs' | 'none';
