/** How much a test tries, as a rule and in `pnpm sweep`, and the counts that `pnpm sweep` prints. */
import { appendFileSync } from 'node:fs';

export const isSweep = process.env['SLUICE_SWEEP'] === 'full';
const countsFile = process.env['SLUICE_SWEEP_COUNTS'];

/** How many seeds a test has: `--seeds` wins over both. */
export function seedsFor({ usual, sweep }: { readonly usual: number; readonly sweep: number }): number {
  return Number(process.env['SLUICE_SEEDS'] ?? (isSweep ? sweep : usual));
}

/** @param what in the plural, as it is printed: `kills` */
export function noteTried(what: string, count = 1): void {
  if (countsFile !== undefined && count > 0) appendFileSync(countsFile, `${JSON.stringify([what, count])}\n`);
}
