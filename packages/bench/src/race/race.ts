/** Runs contenders in turns over several rounds, and believes only outputs that are right. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, runMeasured, type RunOptions } from '../process/measured-process.ts';
import type { Cost, RaceEntry } from '../report/report.ts';
import { median, rotated } from '../statistics.ts';

export interface Racer {
  readonly name: string;
  command(folder: string): Command;
}

export interface RaceOptions extends RunOptions {
  readonly rounds: number;
  readonly workFolder: string;
  /** What is wrong with what a racer left in its folder; null when it is right. */
  readonly check: (folder: string) => Promise<string | null>;
  /** Called before each run. */
  readonly prepare?: () => Promise<void> | void;
  readonly say?: (text: string) => void;
}

export async function race(racers: readonly Racer[], options: RaceOptions): Promise<readonly RaceEntry[]> {
  const costs = new Map<string, Cost[]>(racers.map(({ name }) => [name, []]));
  const troubles = new Map<string, string[]>(racers.map(({ name }) => [name, []]));
  for (let round = 0; round < options.rounds; round += 1) {
    for (const racer of rotated(racers, round)) {
      // One that is late every time is not waited for again.
      if ((troubles.get(racer.name) ?? []).includes(late)) continue;
      const result = await runOnce(racer, options);
      if (typeof result === 'string') troubles.get(racer.name)?.push(result);
      else costs.get(racer.name)?.push(result);
      options.say?.(`${racer.name}: ${typeof result === 'string' ? result : `${result.wallSeconds.toFixed(2)} s`}`);
    }
  }
  return racers.map(({ name }) => toEntry(name, costs.get(name) ?? [], troubles.get(name) ?? []));
}

const late = 'not done in time';

async function runOnce(racer: Racer, options: RaceOptions): Promise<Cost | string> {
  const folder = join(options.workFolder, `out-${racer.name.replaceAll(/\W+/gu, '-')}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  try {
    await options.prepare?.();
    const end = await runMeasured(racer.command(folder), options);
    if (end.kind === 'killed') return end.why;
    if (end.exitCode !== 0) return `exit code ${end.exitCode}: ${end.errors.trim().split('\n').at(-1) ?? ''}`;
    return (await options.check(folder)) ?? end.cost;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function toEntry(name: string, costs: readonly Cost[], troubles: readonly string[]): RaceEntry {
  const [first] = troubles;
  const trouble = first === undefined ? null : `${first}${troubles.length > 1 ? `, ${troubles.length} times` : ''}`;
  if (costs.length === 0) return { name, cost: null, trouble };
  const cost: Cost = {
    wallSeconds: median(costs.map((each) => each.wallSeconds)),
    cpuSeconds: median(costs.map((each) => each.cpuSeconds)),
    peakBytes: median(costs.map((each) => each.peakBytes)),
  };
  return { name, cost, trouble };
}
