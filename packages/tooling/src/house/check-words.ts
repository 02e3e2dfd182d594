/** Finds retired words in file names, identifiers and comments. */
import { basename } from 'node:path';
import { Visitor } from 'oxc-parser';
import { findingAt, type ParsedFile } from '../parsed-file.ts';
import type { Violation } from '../violation.ts';
import { retiredSuffixes, type RetiredWord, retiredWords } from './retired-words.ts';

const ownFolder = 'packages/tooling/';

export function checkWords(file: ParsedFile): readonly Violation[] {
  // The table of the words is here, and its tests.
  if (file.path.startsWith(ownFolder)) return [];
  const found = [...inFileName(file), ...inNames(file), ...inComments(file)];
  // A name is used often: one finding for each word is enough.
  return [...new Map(found.map((violation) => [violation.message, violation])).values()];
}

function inFileName(file: ParsedFile): readonly Violation[] {
  return findAll(file, { words: partsOf(basename(file.path)), start: 0 });
}

function inNames(file: ParsedFile): readonly Violation[] {
  const violations: Violation[] = [];
  const check = (name: string, start: number): void => {
    violations.push(...findAll(file, { words: partsOf(name), start }));
  };
  new Visitor({
    Identifier: (node) => check(node.name, node.start),
    PrivateIdentifier: (node) => check(node.name, node.start),
    TSInterfaceDeclaration: (node) => violations.push(...suffixOf(file, node.id.name, node.start)),
    TSTypeAliasDeclaration: (node) => violations.push(...suffixOf(file, node.id.name, node.start)),
  }).visit(file.program);
  return violations;
}

function suffixOf(file: ParsedFile, name: string, start: number): readonly Violation[] {
  return retiredSuffixes.flatMap((suffix) =>
    name.endsWith(suffix.word) && name !== suffix.word && !isExcepted(file, suffix)
      ? finding(file, { ...suffix, word: `…${suffix.word}` }, start)
      : [],
  );
}

function inComments(file: ParsedFile): readonly Violation[] {
  const anywhere = retiredWords.filter(({ where }) => where === 'everywhere');
  return file.comments.flatMap(({ value, start }) => findAll(file, { words: partsOf(value), start }, anywhere));
}

/** `lockHeldEntries`, `lock-held-entries` and `LOCK_HELD` have the same parts. */
function partsOf(name: string): ReadonlySet<string> {
  return new Set(
    name
      .replaceAll(/([a-z\d])([A-Z])/gu, '$1 $2')
      .toLowerCase()
      .match(/[a-z]+/gu) ?? [],
  );
}

function findAll(
  file: ParsedFile,
  at: { readonly words: ReadonlySet<string>; readonly start: number },
  among = retiredWords,
): readonly Violation[] {
  return among
    .filter((retired) => at.words.has(retired.word) && !isExcepted(file, retired))
    .map((retired) => finding(file, retired, at.start));
}

function isExcepted({ path }: ParsedFile, { except = {} }: RetiredWord): boolean {
  return Object.keys(except).some((beginning) => path.startsWith(beginning));
}

function finding(file: ParsedFile, { word, say }: RetiredWord, start: number): Violation {
  return findingAt(file, start, { rule: 'retired-word', message: `"${word}" is a retired word: say ${say}` });
}
