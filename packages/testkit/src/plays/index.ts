/** Every situation that `pnpm origin --play` serves. */
import type { Play } from './play.ts';
import { f67 } from './versions/f67.ts';

export { fullScale, type Play, playPath, type PlayScale, versionA, versionB } from './play.ts';

export const plays: readonly Play[] = [...f67];

/** The plays of one fault. @param fault as in the fault list, in any case: `f67` */
export function playsOf(fault: string): readonly Play[] {
  return plays.filter((play) => play.fault.toLowerCase() === fault.toLowerCase());
}
