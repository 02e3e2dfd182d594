import { expect, test } from 'vitest';
import { checkLayout } from '../../src/dependencies/check-layout.ts';

function filesIn(folder: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${folder}/file-${index}.ts`);
}

test('a folder of more than twenty source files is crowded; those in its own folders do not count', () => {
  const paths = [...filesIn('packages/ui/src/list', 20), ...filesIn('packages/ui/src/list/cells', 21)];
  expect(checkLayout(paths, [])).toEqual([
    {
      file: 'packages/ui/src/list/cells',
      line: null,
      rule: 'crowded-folder',
      message: 'holds 21 source files, at most 20: group those that belong together in a folder',
    },
  ]);
});

test('a rule for what does not exist is named; a file or a folder with files exists', () => {
  const paths = ['packages/engine/src/plan/ranges/range.ts', 'packages/engine/src/errors.ts'];
  const rulePaths = ['packages/engine/src/plan', 'packages/engine/src/errors.ts', 'packages/engine/src/store/sqlite'];
  expect(checkLayout(paths, rulePaths).map(({ file, rule }) => [file, rule])).toEqual([
    ['packages/engine/src/store/sqlite', 'rule-without-folder'],
  ]);
});

test('a folder whose name begins like that of a rule is another one', () => {
  expect(checkLayout(['packages/engine/src/planner/a.ts'], ['packages/engine/src/plan'])).toHaveLength(1);
});
