/** The parts of `pnpm sweep`: each is one or more test files that look at more when SLUICE_SWEEP is "full". */
export interface SweepPart {
  readonly name: string;
  /** What it does, for `pnpm sweep --help`. */
  readonly about: string;
  /** Paths of tests, from the package of the engine. */
  readonly files: readonly string[];
}

/** Add a part here; it is run, counted and printed like the others. */
export const sweepParts: readonly SweepPart[] = [
  {
    name: 'points',
    about: 'the table of crash points, at every call to a disk in memory, by list, get and library',
    files: ['test/crash/crash-points.test.ts'],
  },
  {
    name: 'many',
    about: 'kills and power cuts while many downloads start and finish',
    files: ['test/crash/many-downloads.test.ts'],
  },
  {
    name: 'partials',
    about: 'the life of a partial and its journal, ended at every call',
    files: ['test/store/power-cut.test.ts'],
  },
  {
    name: 'kills',
    about: 'engines killed at every system call that changes a real disk (Linux, strace)',
    files: ['test/crash/kill-sweep.test.ts'],
  },
  {
    name: 'power',
    about: 'power cuts of a real file system (Linux, root)',
    files: ['test/crash/power-cut.test.ts'],
  },
  {
    name: 'versions',
    about: 'servers whose answers are of two versions, of wrong places and lengths; 500 of them for each seed',
    files: ['test/proofs/one-version.test.ts'],
  },
];
