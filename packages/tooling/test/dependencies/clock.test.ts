import { expect, test } from 'vitest';
import { checkSources } from '../../src/check-sources.ts';
import { fixtureWorkspace } from '../support/fixture-workspace.ts';

const opening = '/** Stands in a fixture to be judged by the check. */\n';

function rulesBroken(path: string, code: string): readonly string[] {
  const root = fixtureWorkspace({ [`packages/engine/src/${path}`]: `${opening}${code}\n` });
  return checkSources(root).violations.map((violation) => violation.rule);
}

test.each([
  ['Date.now()', `export const at = Date.now();`],
  ['new Date()', `export const at = new Date();`],
  ['Date()', `export const at = Date();`],
  ['performance.now()', `export const at = performance.now();`],
  ['setTimeout', `setTimeout(() => undefined, 10);`],
  ['setInterval', `setInterval(() => undefined, 10);`],
  [
    'a timer from its module',
    `import { setTimeout as wait } from 'node:timers/promises';\nexport const waited = wait(10);`,
  ],
  ['the whole module of timers', `import * as timers from 'node:timers';\nexport const all = timers;`],
])('%s is for an adapter only', (_name, code) => {
  expect(rulesBroken('transfer/a.ts', code)).toEqual(['clock']);
  expect(rulesBroken('queue/a.ts', code)).toEqual(['clock']);
  expect(rulesBroken('adapters/a.ts', code)).toEqual([]);
});

test.each([
  ['a date of a given time', `export const year = (nowMs: Ms): number => new Date(nowMs).getUTCFullYear();`],
  ['a date that is spelled out', `export const epochMs = Date.UTC(1970, 0);`],
  ['a clock of its own', `export function read(clock: Clock): number {\n  return clock.now();\n}`],
])('%s is fine anywhere', (_name, code) => {
  expect(rulesBroken('plan/a.ts', code).filter((rule) => rule !== 'function')).toEqual([]);
});

test.each([
  ['await', `await later;`],
  ['an async function', `export async function later(): Promise<void> {}`],
  ['an async arrow', `export const each = [1].map(async () => 1);`],
  ['a promise', `export const later = new Promise(() => undefined);`],
  ['chance', `export const jitter = Math.random();`],
  ['another turn of the loop', `setImmediate(() => undefined);`],
])('%s has no place in a rule', (_name, code) => {
  expect(rulesBroken('plan/a.ts', code)).toEqual(['pure']);
  expect(rulesBroken('download/a.ts', code)).toEqual(['pure']);
  expect(rulesBroken('transfer/a.ts', code)).toEqual([]);
});

test('yielding to the event loop is fine where work is done', () => {
  expect(
    rulesBroken('store/a.ts', `import { setImmediate as nextTurn } from 'node:timers/promises';\nawait nextTurn();`),
  ).toEqual([]);
});
