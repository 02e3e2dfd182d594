/** How a test has a process of its own killed at a step of the table of crash points, on a real disk. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type CrashPoint, crashPoints } from './crash-points.ts';

export interface DeathSpot {
  /** `any`: each call that changes the disk counts. */
  readonly point: CrashPoint | 'any';
  /** 1 for the first call that takes the step. */
  readonly nth: number;
  /** `half`: a write is cut off in the middle; any other call is not made. */
  readonly moment: 'before' | 'half' | 'after';
}

export const deathVariable = 'SLUICE_TEST_DIES_AT';
/** What the process writes to its error output right before it dies. */
export const deathWord = 'dies at: ';

/** What to start Node with. Calls of other threads and of native code do not count. */
export function dyingAt(spot: DeathSpot): {
  readonly nodeOptions: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
} {
  const script = pathToFileURL(join(import.meta.dirname, 'dies-at.ts')).href;
  return { nodeOptions: ['--import', script], environment: { [deathVariable]: JSON.stringify(spot) } };
}

/** The step at which a process died, by what it wrote; null when the call is in no step, or the process did not die so. */
export function pointOfDeath(errorOutput: string): CrashPoint | null {
  const name = errorOutput.split(deathWord).at(1)?.split('\n')[0];
  return crashPoints.find((point) => point === name) ?? null;
}
