/** That the README documents every command there is. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readCommandTree } from '../src/commands/manual/command-tree.ts';
import { describeProgram } from '../src/program.ts';
import { contextIn } from './support/cli-context.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
/** Table rows and paragraphs: what stands in one is about one command. */
const passages = readme.split(/\n\n|\n(?=\|)/);

/** The beginnings of the code spans in a passage: `sluice queue ls`, `add`, … */
function codeOf(passage: string): string[] {
  return [...passage.matchAll(/`(?:sluice )?([^`]+)`/g)].map(([, code = '']) => code);
}

function documents(passage: string, path: string): boolean {
  const [command = '', sub] = path.split(' ');
  const spans = codeOf(passage);
  const begins = (text: string): boolean => spans.some((span) => span === text || span.startsWith(`${text} `));
  if (sub === undefined) return begins(command);
  return begins(path) || (begins(command) && begins(sub));
}

const context = { context: contextIn('/work').context, end: () => {}, accept: () => null };
/** The program itself has no path. */
const paths = readCommandTree(describeProgram(context)).flatMap(({ path }) => (path === '' ? [] : [path]));

test.each(paths)('the README documents sluice %s', (path) => {
  expect(passages.some((passage) => documents(passage, path))).toBe(true);
});

test('a command that the README does not name is found', () => {
  expect(paths.length).toBeGreaterThan(20);
  for (const path of ['nonsense', 'queue nonsense', 'et']) {
    expect(passages.some((passage) => documents(passage, path))).toBe(false);
  }
});
