import { expect, test } from 'vitest';
import { checkSources } from '../../src/check-sources.ts';
import { fixtureWorkspace } from '../support/fixture-workspace.ts';

const opening = '/** Stands in a fixture to be judged by the check. */\n';

function wordsFound(path: string, code: string): readonly string[] {
  const root = fixtureWorkspace({ [path]: `${opening}${code}\n` });
  return checkSources(root)
    .violations.filter(({ rule }) => rule === 'retired-word')
    .map(({ line, message }) => `${line} ${message.split(' ')[0]}`);
}

const path = 'packages/engine/src/plan/a.ts';

test.each([
  ['a file name', 'packages/engine/src/plan/choose-lane.ts', '', ['1 "lane"']],
  ['a variable', path, 'const askedForPeace = 1;', ['2 "peace"']],
  ['a private field', path, 'class A { #crew = 1; }', ['2 "crew"']],
  ['a property', path, 'const a = { theirMood: 1 };', ['2 "mood"']],
  ['a comment', path, '// So that a crew may rest.', ['2 "crew"']],
  ['a type by its suffix', path, 'export interface AddWish { readonly a: 1 }', ['2 "wish"', '2 "…Wish"']],
  ['another suffix', path, 'export type RunTask = { readonly a: 1 };', ['2 "…Task"']],
  ['each word once', path, 'const lane = 1;\nconst other = lane;', ['3 "lane"']],
  ['a part of a longer word', path, 'const planet = 1; // The plane wished for.', []],
  ['a word of plain English in a comment', path, '// What is held in memory by mistake.', []],
  ['the same word in a name', path, 'const isHeld = true;', ['2 "held"']],
  ['a name from before that programs import', 'packages/sluice/src/bulk/options.ts', 'export type BundleWish = 1;', []],
])('finds %s', (_what, file, code, found) => {
  expect(wordsFound(file, code)).toEqual(found);
});
