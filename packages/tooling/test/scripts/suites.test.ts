import { expect, test } from 'vitest';
import { chooseSuites, type Suite, withoutPassed, withoutTitles } from '../../scripts/lib/suites.mjs';

function suite(name: string, needsBuilds = false): Suite {
  return { name, needsBuilds, needsSystem: false, run: () => Promise.reject(new Error('not run here')) };
}

const all = [suite('check'), suite('engine'), suite('build'), suite('server', true), suite('e2e', true)];

test.each([
  ['nothing', [], ['check', 'engine', 'build', 'server', 'e2e']],
  ['a name', ['engine'], ['engine']],
  ['a package’s name', ['@sluice/engine'], ['engine']],
  ['a folder', ['packages/engine'], ['engine']],
  ['two, in any order', ['engine', 'check'], ['check', 'engine']],
  ['one that runs built apps', ['e2e'], ['build', 'e2e']],
])('naming %s', (_name, wanted, chosen) => {
  const choice = chooseSuites(all, wanted);
  expect(choice.kind === 'chosen' && choice.suites.map((each) => each.name)).toEqual(chosen);
});

test('a name that is not there chooses nothing', () => {
  expect(chooseSuites(all, ['engine', 'motor'])).toEqual({ kind: 'unknown', names: ['motor'] });
});

test('of the journeys’ output the failures stay and the titles go', () => {
  const output =
    '\u001B[1A\u001B[2K[1/2] [server] › a.test.ts:1:1 › adds\n  1) [server] › a.test.ts:1:1 › adds\n\n  Error: no\n[2/2] x\n  1 failed\n';
  expect(withoutTitles(output)).toBe('  1) [server] › a.test.ts:1:1 › adds\n\n  Error: no\n  1 failed\n');
});

test('of a package’s output what passed goes', () => {
  const output = ' ❯ test/a.test.ts (2 tests | 1 failed) 9ms\n   \u001B[32m✓\u001B[39m adds 3ms\n   × takes away 4ms\n';
  expect(withoutPassed(output)).toBe(' ❯ test/a.test.ts (2 tests | 1 failed) 9ms\n   × takes away 4ms\n');
});
