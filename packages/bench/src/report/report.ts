/** What a case has to say, before anyone decides how it looks. */

/** What one whole process cost. */
export interface Cost {
  readonly wallSeconds: number;
  /** User and system time of the process and its children. */
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

export interface RaceEntry {
  readonly name: string;
  /** Medians; null when no round came to a right output. */
  readonly cost: Cost | null;
  /** What went wrong, and in how many rounds: a wrong output is no result however fast it was. */
  readonly trouble: string | null;
}

/** A figure to reach. `limit` is the most `value` may be. */
export interface Goal {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  readonly unit: 'x' | 's' | 'ms' | 'MB' | '%';
}

export type CaseReport =
  | {
      readonly kind: 'race';
      readonly title: string;
      readonly sizeBytes: number;
      readonly rounds: number;
      readonly entries: readonly RaceEntry[];
      readonly goals: readonly Goal[];
    }
  | { readonly kind: 'facts'; readonly title: string; readonly facts: readonly Fact[]; readonly goals: readonly Goal[] }
  | { readonly kind: 'skipped'; readonly title: string; readonly why: string };

export interface Fact {
  readonly name: string;
  readonly text: string;
}

export function isMet(goal: Goal): boolean {
  return goal.value <= goal.limit;
}

/** CPU seconds per GB (10^9 bytes). */
export function cpuPerGigabyte(cost: Cost, sizeBytes: number): number {
  return (cost.cpuSeconds / sizeBytes) * 1e9;
}

type Measure = 'wallSeconds' | 'cpuSeconds' | 'peakBytes';

/**
 * One contender's median over that of the best of others.
 * @returns null when either side has no result
 */
export function ratioGoal(
  entries: readonly RaceEntry[],
  ask: { readonly of: string; readonly to: readonly string[]; readonly measure: Measure; readonly limit: number },
): Goal | null {
  const own = entries.find((entry) => entry.name === ask.of)?.cost;
  const others = entries.flatMap((entry) => (ask.to.includes(entry.name) && entry.cost !== null ? [entry] : []));
  const best = others.toSorted((left, right) => amount(left, ask.measure) - amount(right, ask.measure))[0];
  if (own === undefined || own === null || best === undefined) return null;
  const what = { wallSeconds: 'wall', cpuSeconds: 'CPU', peakBytes: 'memory' }[ask.measure];
  return {
    name: `${what} of ${ask.of} to ${best.name}`,
    value: own[ask.measure] / amount(best, ask.measure),
    limit: ask.limit,
    unit: 'x',
  };
}

function amount(entry: RaceEntry, measure: Measure): number {
  return entry.cost?.[measure] ?? Number.POSITIVE_INFINITY;
}
