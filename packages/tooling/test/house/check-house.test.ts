/** The house rules: how a file opens, what may not be hushed, and how functions are written. */
import { expect, test } from 'vitest';
import { checkSources } from '../../src/check-sources.ts';
import { fixtureWorkspace } from '../support/fixture-workspace.ts';

const opening = '/** Stands in a fixture to be judged by the check. */\n\n';

function rulesBroken(path: string, text: string): readonly string[] {
  return checkSources(fixtureWorkspace({ [path]: text })).violations.map(({ line, rule }) => `${line ?? 0} ${rule}`);
}

test.each([
  ['a doc comment', `/** Says what this file is responsible for. */\nexport const a = 1;\n`, []],
  ['a line comment', `// Says what this file is responsible for.\nexport const a = 1;\n`, []],
  ['a comment below the interpreter', `#!/usr/bin/env node\n/** Says what this file is responsible for. */\n`, []],
  ['code first', `export const a = 1;\n/** Says what this file is responsible for. */\n`, ['1 opening']],
  ['nothing', `export const a = 1;\n`, ['1 opening']],
  ['a label', `// types\nexport const a = 1;\n`, ['1 opening']],
])('a file that opens with %s', (_name, text, broken) => {
  expect(rulesBroken('packages/host/src/a.ts', text)).toEqual(broken);
});

test('a table of tests needs no opening sentence, its helpers do', () => {
  expect(rulesBroken('packages/host/test/a.test.ts', 'export const a = 1;\n')).toEqual([]);
  expect(rulesBroken('packages/host/test/helper.ts', 'export const a = 1;\n')).toEqual(['1 opening']);
});

test.each([
  ['// oxlint-disable-next-line no-console'],
  ['/* eslint-disable */'],
  ['// @ts-ignore: because'],
  ['// @ts-expect-error: because it must not compile'],
  ['// prettier-ignore'],
  ['/* v8 ignore next */'],
])('source may not say %s', (comment) => {
  expect(rulesBroken('packages/host/src/a.ts', `${opening}${comment}\nexport const a = 1;\n`)).toEqual([
    '3 suppression',
  ]);
});

test('a test may expect a type error, and hush nothing', () => {
  const expecting = `${opening}// @ts-expect-error: there is no such method\nexport const a = 1;\n`;
  expect(rulesBroken('packages/host/test/a.test.ts', expecting)).toEqual([]);
  expect(rulesBroken('packages/host/test/a.test.ts', `${opening}// @ts-ignore\n`)).toEqual(['3 suppression']);
});

test.each([
  ['without a reason', `export const a = b!;`, ['3 non-null']],
  ['with a reason behind it', `export const a = b!; // b was set above`, []],
  ['with a reason above it', `// b was set above\nexport const a = b!;`, []],
  ['that is a negation', `export const a = !b;`, []],
])('a non-null assertion %s', (_name, code, broken) => {
  expect(rulesBroken('packages/host/src/a.ts', `${opening}${code}\n`)).toEqual(broken);
});

test.each([
  ['an arrow at the top', `export const add = (a: number) => a;`, ['3 function']],
  ['an arrow with a written type', `export const add: Add = (a) => a;`, []],
  ['an arrow inside', `export function f() {\n  const add = (a: number) => a;\n  return add;\n}`, []],
  ['four parameters', `export function f(a: 1, b: 1, c: 1, d: 1) {}`, ['3 parameters']],
  ['four parameters of a constructor', `class A {\n  constructor(a: 1, b: 1, c: 1, d: 1) {}\n}`, ['4 parameters']],
  ['three parameters and this', `export function f(this: A, a: 1, b: 1, c: 1) {}`, []],
  ['four parameters of a callback', `text.replace(/a/u, (a, b, c, d) => a + b + c + d);`, []],
])('%s', (_name, code, broken) => {
  expect(rulesBroken('packages/host/src/a.ts', `${opening}${code}\n`)).toEqual(broken);
});

test('a file that does not parse is reported, with its other findings', () => {
  expect(rulesBroken('packages/host/src/a.ts', `${opening}export const = 1;\n`)).toContain('1 syntax');
});
