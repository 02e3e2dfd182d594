/** Reads the command line of the benchmarks. */
import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Names of cases; empty for all. */
  readonly only: readonly string[];
  /** Small files and few rounds: for seeing that nothing got much slower. */
  readonly quick: boolean;
  /** Print tables for a README. */
  readonly markdown: boolean;
  readonly rounds: number;
  /** Size of the file of the plain races, in bytes. */
  readonly sizeBytes: number;
  /** Where sources and outputs lie; null to choose memory where there is room. */
  readonly workFolder: string | null;
}

export type ParsedOptions =
  | { readonly kind: 'options'; readonly options: BenchOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'usage-error'; readonly sentence: string };

const usual = {
  full: { rounds: 5, sizeBytes: 4 * 1024 ** 3 },
  quick: { rounds: 2, sizeBytes: 256 * 1024 ** 2 },
} as const;

/** @param known names of all cases */
export function readOptions(words: readonly string[], known: readonly string[]): ParsedOptions {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(words);
  } catch (error) {
    return usageError(error instanceof Error ? error.message : String(error));
  }
  if (values.help === true) return { kind: 'help' };
  const only = (values.only ?? []).flatMap((list) => list.split(',')).filter((name) => name !== '');
  const unknown = only.filter((name) => !known.includes(name));
  if (unknown.length > 0) return usageError(`there is no case ${unknown.join(', ')}; there are ${known.join(', ')}`);
  const quick = values.quick === true;
  const defaults = quick ? usual.quick : usual.full;
  const rounds = values.rounds === undefined ? defaults.rounds : Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) return usageError('--rounds takes a whole number of 1 or more');
  const sizeBytes = values.size === undefined ? defaults.sizeBytes : parseSize(values.size);
  if (sizeBytes === null) return usageError('--size takes a number of bytes such as 100M or 4G');
  return {
    kind: 'options',
    options: { only, quick, markdown: values.markdown === true, rounds, sizeBytes, workFolder: values.work ?? null },
  };
}

function parse(words: readonly string[]) {
  return parseArgs({
    args: words.filter((word) => word !== '--'),
    options: {
      only: { type: 'string', multiple: true },
      quick: { type: 'boolean' },
      markdown: { type: 'boolean' },
      rounds: { type: 'string' },
      size: { type: 'string' },
      work: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  }).values;
}

const units: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** @returns bytes, or null for what is no size; K, M and G are powers of 1024 */
export function parseSize(text: string): number | null {
  const found = /^(\d+(?:\.\d+)?)([kmg]?)$/i.exec(text);
  if (found === null) return null;
  const bytes = Math.floor(Number(found[1]) * (units[(found[2] ?? '').toLowerCase()] ?? 1));
  return bytes > 0 ? bytes : null;
}

function usageError(sentence: string): ParsedOptions {
  return { kind: 'usage-error', sentence };
}
