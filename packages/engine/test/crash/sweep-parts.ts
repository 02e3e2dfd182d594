/** The parts of `pnpm sweep`: each is one or more test files that look at more when SLUICE_SWEEP is "full". */
export interface SweepPart {
  readonly name: string;
  /** What it does, for `pnpm sweep --help`. */
  readonly about: string;
  /** From the root of the repository. */
  readonly inPackage: string;
  /** Paths of tests, from the package. */
  readonly files: readonly string[];
}

const inPackage = 'packages/engine';

/** Add a part here; it is run, counted and printed like the others. The longest come first: two run at a time. */
export const sweepParts: readonly SweepPart[] = [
  {
    name: 'points',
    about: 'the table of crash points, at every call to a disk in memory, by list, get and library',
    inPackage,
    files: ['test/crash/crash-points.test.ts', 'test/crash/changed-points.test.ts'],
  },
  {
    name: 'disk',
    about: 'the same table on a real disk: processes killed at every call that changes it, by list, get and library',
    inPackage,
    files: ['test/crash/disk-points.test.ts'],
  },
  {
    name: 'kills',
    about: 'engines killed at system calls that change a real disk or the list (Linux, strace)',
    inPackage,
    files: ['test/crash/kill-sweep.test.ts'],
  },
  {
    name: 'versions',
    about: 'servers whose answers are of two versions, of wrong places and lengths; 500 of them for each seed',
    inPackage,
    files: ['test/proofs/one-version.test.ts'],
  },
  {
    name: 'answers',
    about:
      'what a server may answer, by every backend in every form; `npm test` gives each other backend one form a case',
    inPackage,
    files: ['test/faults/resumed.test.ts', 'test/faults/versions.test.ts'],
  },
  {
    name: 'commands',
    about: 'sluice get and sluice watch killed at each step of the table, and what the next command finds',
    inPackage: 'apps/cli',
    files: ['test/journeys/killed.test.ts'],
  },
  {
    name: 'power',
    about: 'power cuts of a real file system (Linux, root)',
    inPackage,
    files: ['test/crash/power-cut.test.ts'],
  },
  {
    name: 'partials',
    about: 'the life of a partial and its journal, ended at every call',
    inPackage,
    files: ['test/store/power-cut.test.ts'],
  },
  {
    name: 'many',
    about: 'kills and power cuts while many downloads start and finish',
    inPackage,
    files: ['test/crash/many-downloads.test.ts'],
  },
];
