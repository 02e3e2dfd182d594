/** What every case is handed and what it gives back. */
import type { BenchOptions } from '../options.ts';
import type { CaseReport } from '../report/report.ts';
import type { Contender, Job } from '../race/contenders.ts';
import type { Racer } from '../race/race.ts';

export interface BenchContext {
  readonly options: BenchOptions;
  /** A folder for this run alone, on a file system that is fast. */
  readonly workFolder: string;
  /** The built command. */
  readonly sluicePath: string;
  /** Those that are installed, ours first. */
  readonly contenders: readonly Contender[];
  /** The path of a source file of that size; made on first use. */
  source(sizeBytes: number): Promise<string>;
  /** A folder that serves may serve, holding every source made so far. */
  readonly sourceFolder: string;
  readonly say: (text: string) => void;
}

export interface BenchCase {
  readonly name: string;
  readonly title: string;
  run(context: BenchContext): Promise<CaseReport>;
}

export const outputName = 'output.bin';

/** Contenders with the same job each; the folder is filled in at each run. */
export function racersFor(chosen: readonly Contender[], job: Omit<Job, 'folder' | 'fileName'>): readonly Racer[] {
  return chosen.map((contender) => ({
    name: contender.name,
    command: (folder) => contender.command({ ...job, folder, fileName: outputName }),
  }));
}

/** Those of the installed that are named, in the order installed. */
export function named(all: readonly Contender[], names: readonly string[]): readonly Contender[] {
  return all.filter(({ name }) => names.includes(name));
}
