/** Every situation that `pnpm origin --play` serves. */
import type { Play } from './play.ts';
import { f82, f83, f84, f85 } from './servers/bodies.ts';
import { f72, f78, f79, f80 } from './servers/connections.ts';
import { f76, f77 } from './servers/heads.ts';
import { f73, f74, f75, f81 } from './servers/ranges.ts';
import { f102 } from './versions/f102.ts';
import { f103 } from './versions/f103.ts';
import { f115 } from './versions/f115.ts';
import { f132 } from './versions/f132.ts';
import { f65 } from './versions/f65.ts';
import { f66 } from './versions/f66.ts';
import { f67 } from './versions/f67.ts';
import { f71 } from './versions/f71.ts';

export { turnedAway } from './servers/connections.ts';
export { fullScale, type Play, playPath, type PlayScale, versionA, versionB } from './play.ts';

export const plays: readonly Play[] = [
  ...f65,
  ...f66,
  ...f67,
  ...f71,
  ...f72,
  ...f73,
  ...f74,
  ...f75,
  ...f76,
  ...f77,
  ...f78,
  ...f79,
  ...f80,
  ...f81,
  ...f82,
  ...f83,
  ...f84,
  ...f85,
  ...f102,
  ...f103,
  ...f115,
  ...f132,
];

/** The plays of one fault. @param fault as in the fault list, in any case: `f67` */
export function playsOf(fault: string): readonly Play[] {
  return plays.filter((play) => play.fault.toLowerCase() === fault.toLowerCase());
}
