/** The names that belong to one download: the partial, its journal, and what to try when a name is taken. */

/** Where bytes gather until the file is whole. */
export const partialSuffix = '.sluice';
export const journalSuffix = '.sluice-journal';

export function partialName(name: string): string {
  return name + partialSuffix;
}

/** What a partial is called that no journal vouches for, once its name was needed. No longer than a journal's. */
const keptSuffix = '.sluice-kept';

export function journalName(name: string): string {
  return name + journalSuffix;
}

const mostKept = 99;

/** The names under which such a partial may be kept, in the order in which they are tried. */
export function* keptNames(name: string): Generator<string> {
  yield name + keptSuffix;
  for (let number = 2; number <= mostKept; number += 1) yield `${name}${keptSuffix}-${number}`;
}

const keptPattern = /^(.+)\.sluice-kept(?:-\d+)?$/;

/** @returns the name of the file that a partial was kept apart of; null for another name */
export function keptFileName(name: string): string | null {
  return keptPattern.exec(name)?.[1] ?? null;
}

/** More numbered names than this in one folder means that something is wrong. */
const mostNumbers = 9999;

/** The name itself, and then the ones to try when it is taken. */
export function* candidateNames(name: string): Generator<string> {
  yield name;
  for (let number = 1; number <= mostNumbers; number += 1) yield numberedName(name, number);
}

/** Endings that are two extensions and one meaning. */
const doubleExtension = /\.(?:tar|cpio)\.[a-z0-9]{1,4}$|\.user\.(?:css|js)$/i;

/** Splits a name in front of its extension: `a.tar.gz` gives `['a', '.tar.gz']`, `.profile` has none. */
export function splitExtension(name: string): readonly [stem: string, extension: string] {
  const double = doubleExtension.exec(name);
  if (double !== null && double.index > 0) return [name.slice(0, double.index), name.slice(double.index)];
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot)];
}

/** `file.tar.gz` and 1 give `file (1).tar.gz`; the name should come from `sanitizeFileName`, which keeps room for it. */
export function numberedName(name: string, count: number): string {
  const [stem, extension] = splitExtension(name);
  return `${stem} (${count})${extension}`;
}
