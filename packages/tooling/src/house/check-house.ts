/** The house rules that no linter rule covers: how a file opens, and what may not be hushed. */
import { Visitor, type Comment } from 'oxc-parser';
import { fileKind } from '../file-kind.ts';
import { findingAt, type ParsedFile } from '../parsed-file.ts';
import { sortViolations, type Violation } from '../violation.ts';
import type { Workspace } from '../workspace.ts';
import { checkFunctions } from './check-functions.ts';
import { checkWords } from './check-words.ts';

/** @param parsed Each code file of the workspace by its path from the root. */
export function checkHouse(workspace: Workspace, parsed: ReadonlyMap<string, ParsedFile>): readonly Violation[] {
  const violations = workspace.packages.flatMap((owner) =>
    owner.files.flatMap((path) => {
      const file = parsed.get(path);
      if (file === undefined) return [];
      const inTest = fileKind(path, owner.folder) === 'test';
      return [
        ...checkSyntax(file),
        ...checkOpening(file),
        ...checkSuppressions(file, inTest),
        ...checkNonNull(file),
        ...checkFunctions(file),
        ...checkWords(file),
      ];
    }),
  );
  return sortViolations(violations);
}

function checkSyntax(file: ParsedFile): readonly Violation[] {
  return file.syntaxError === null ? [] : [findingAt(file, 0, { rule: 'syntax', message: file.syntaxError })];
}

/** Shorter than this is a label, not a sentence. */
const shortestSentenceLength = 20;
const openingMessage = 'a file opens with one sentence, in a comment, saying what it is responsible for';

function checkOpening(file: ParsedFile): readonly Violation[] {
  const start = file.program.hashbang === null ? 0 : file.program.hashbang.end;
  const first = file.comments[0];
  // A table of tests says what it is about by the name it shares with a source file and by its titles.
  if (/\.(?:test|spec)\.tsx?$/u.test(file.path)) return [];
  const opens = first !== undefined && file.text.slice(start, first.start).trim() === '';
  if (opens && words(first).length >= shortestSentenceLength) return [];
  return [findingAt(file, 0, { rule: 'opening', message: openingMessage })];
}

function words(comment: Comment): string {
  return comment.value.replaceAll(/[\s*]+/gu, ' ').trim();
}

const suppression =
  /(?:oxlint|eslint|stylelint)-disable|@ts-(?:ignore|nocheck)|(?:oxfmt|prettier|biome|knip|c8|v8|istanbul)[- ]ignore|@knipignore/u;

function checkSuppressions(file: ParsedFile, inTest: boolean): readonly Violation[] {
  return file.comments.flatMap((comment) => {
    const [found] = suppression.exec(comment.value) ?? (inTest ? [] : (/@ts-expect-error/u.exec(comment.value) ?? []));
    if (found === undefined) return [];
    const message = `${found} hides a finding: fix what it hides (only a test may expect a type error)`;
    return [findingAt(file, comment.start, { rule: 'suppression', message })];
  });
}

const nonNullMessage = 'a ! needs its reason in a comment on this line or the one above';

function checkNonNull(file: ParsedFile): readonly Violation[] {
  const commented = new Set(
    file.comments.flatMap((comment) => [file.lineAt(comment.end - 1), file.lineAt(comment.start)]),
  );
  const violations: Violation[] = [];
  new Visitor({
    TSNonNullExpression(node) {
      const line = file.lineAt(node.end);
      if (commented.has(line) || commented.has(line - 1)) return;
      violations.push(findingAt(file, node.end, { rule: 'non-null', message: nonNullMessage }));
    },
  }).visit(file.program);
  return violations;
}
