/** Turns the words of `sluice cache` into a request that has been checked, or says what is wrong with them. */
import { resolve } from 'node:path';
import { type OutputForm, outputForm } from '../get/request.ts';
import { wrongUsage, type Parsed } from '../../arguments/usage-error.ts';
import { parseRate } from '../../arguments/parse-rate.ts';

export interface RawCacheOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly unusedFor?: string;
  readonly maxSize?: string;
  readonly remove?: boolean;
  readonly all?: boolean;
}

export type CacheAction =
  | { readonly kind: 'list' }
  | { readonly kind: 'prune'; readonly unusedForMs: number | null; readonly maxBytes: number | null }
  | { readonly kind: 'verify'; readonly removes: boolean }
  /** Links, or beginnings of their keys. Null: everything. */
  | { readonly kind: 'remove'; readonly which: readonly string[] | null };

export interface CacheRequest {
  /** Absolute. */
  readonly folder: string;
  readonly output: OutputForm;
  readonly action: CacheAction;
}

export interface CacheCommand {
  readonly kind: CacheAction['kind'];
  readonly folder: string;
  readonly which: readonly string[];
}

export function readCacheRequest(
  command: CacheCommand,
  raw: RawCacheOptions,
  workingFolder: string,
): Parsed<CacheRequest> {
  const action = readAction(command, raw);
  if (action.kind === 'usage-error') return action;
  const folder = resolve(workingFolder, command.folder);
  return { kind: 'ok', value: { folder, output: outputForm(raw), action: action.value } };
}

function readAction({ kind, which }: CacheCommand, raw: RawCacheOptions): Parsed<CacheAction> {
  switch (kind) {
    case 'list':
      return { kind: 'ok', value: { kind } };
    case 'verify':
      return { kind: 'ok', value: { kind, removes: raw.remove ?? false } };
    case 'remove':
      if (raw.all === true && which.length > 0) return wrongUsage({ kind: 'all-and-some' });
      if (raw.all !== true && which.length === 0) return wrongUsage({ kind: 'no-cached-named' });
      return { kind: 'ok', value: { kind, which: raw.all === true ? null : which } };
    case 'prune':
      return readPrune(raw);
    default:
      return kind satisfies never;
  }
}

function readPrune({ unusedFor, maxSize }: RawCacheOptions): Parsed<CacheAction> {
  const unusedForMs = unusedFor === undefined ? null : parseDuration(unusedFor);
  if (unusedForMs === null && unusedFor !== undefined) return wrongUsage({ kind: 'duration', text: unusedFor });
  const maxBytes = maxSize === undefined ? null : parseRate(maxSize);
  if (maxBytes === null && maxSize !== undefined)
    return wrongUsage({ kind: 'size', option: '--max-size', text: maxSize });
  return { kind: 'ok', value: { kind: 'prune', unusedForMs, maxBytes } };
}

const unitsMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `30d`, `12h`, `90m`; null for anything else. */
function parseDuration(text: string): number | null {
  const match = /^(\d{1,6})([smhdw])$/.exec(text);
  return match === null ? null : Number(match[1]) * (unitsMs[match[2] ?? ''] ?? 0);
}
