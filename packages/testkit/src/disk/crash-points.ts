/** The table of crash points in ARCHITECTURE, by the calls to the disk that take each step. */
import type { FileCall } from './faulty-files.ts';

/** In the order in which a download takes them. */
export const crashPoints = [
  'marker made',
  'partial made',
  'journal made',
  'partial sized',
  'journal durable',
  'marker deleted',
  'bytes written',
  'bytes proved',
  'small file written',
  'small file durable',
  'named',
  'marked',
  'name durable',
  'journal deleted',
] as const;
export type CrashPoint = (typeof crashPoints)[number];

type Rule = readonly [point: CrashPoint, kind: RegExp, path: RegExp];

const rules: readonly Rule[] = [
  ['marker made', /^moveNew$/, /\.sluice-begin-/],
  ['marker deleted', /^delete$/, /\.sluice-begin-/],
  ['small file written', /^(create|write)$/, /\.sluice-whole-/],
  ['small file durable', /^sync$/, /\.sluice-whole-/],
  ['partial made', /^create$/, /\.sluice$/],
  ['partial sized', /^truncate$/, /\.sluice$/],
  ['bytes written', /^write$/, /\.sluice$/],
  ['bytes proved', /^sync$/, /\.sluice$/],
  ['journal made', /^(create|write)$/, /\.sluice-journal$/],
  ['journal durable', /^sync$/, /\.sluice-journal$/],
  ['journal deleted', /^delete$/, /\.sluice-journal$/],
  ['named', /^moveNew$/, /\/[^.][^/]*$/],
  ['marked', /^markOrigin$/, /./],
  ['name durable', /^syncFolder$/, /./],
];

/** Which step of the table a call belongs to; null for one that changes nothing. */
export function pointOf({ kind, path }: FileCall): CrashPoint | null {
  return rules.find(([, ofKind, ofPath]) => ofKind.test(kind) && ofPath.test(path))?.[0] ?? null;
}
