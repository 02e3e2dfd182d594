import { expect, test } from 'vitest';
import { checkSources } from '../../src/check-sources.ts';
import { fixtureWorkspace } from '../support/fixture-workspace.ts';

function circlesOf(files: Readonly<Record<string, string>>) {
  const headed: Record<string, string> = {};
  for (const [path, code] of Object.entries(files)) headed[path] = `/** Stands in a fixture. */\n${code}\n`;
  const { violations } = checkSources(fixtureWorkspace(headed));
  return violations.filter(({ rule }) => rule === 'circle').map(({ file, message }) => ({ file, message }));
}

function at(name: string): string {
  return `packages/engine/src/plan/${name}.ts`;
}

test('two files that import each other are a circle, also by types alone', () => {
  const circles = circlesOf({
    [at('a')]: `import type { B } from './b.ts';\nexport interface A { readonly b: B }`,
    [at('b')]: `import type { A } from './a.ts';\nexport interface B { readonly a: A | null }`,
  });
  expect(circles).toEqual([
    {
      file: at('a'),
      message: `imports itself through ${at('b')}: move what they share into a file of its own`,
    },
  ]);
});

test('a circle of three is named once, and what merely leads to it is not in it', () => {
  const circles = circlesOf({
    [at('outside')]: `import { a } from './a.ts';\nexport const outside = a;`,
    [at('a')]: `import { b } from './b.ts';\nexport const a = () => b;`,
    [at('b')]: `import { c } from './c.ts';\nexport const b = () => c;`,
    [at('c')]: `import { a } from './a.ts';\nexport const c = () => a;`,
  });
  expect(circles.map(({ file }) => file)).toEqual([at('a')]);
  expect(circles[0]?.message).toContain(`${at('b')}, ${at('c')}`);
});

test('a diamond is no circle', () => {
  const circles = circlesOf({
    [at('top')]:
      `import { left } from './left.ts';\nimport { right } from './right.ts';\nexport const top = left + right;`,
    [at('left')]: `import { base } from './base.ts';\nexport const left = base;`,
    [at('right')]: `import { base } from './base.ts';\nexport const right = base;`,
    [at('base')]: `export const base = 1;`,
  });
  expect(circles).toEqual([]);
});
