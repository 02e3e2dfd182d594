/** That the README tells of every command there is. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readCommandTree } from '../src/commands/manual/command-tree.ts';
import { describeProgram } from '../src/program.ts';
import { contextIn } from './support/cli-context.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('every command is in the README', () => {
  const context = { context: contextIn('/work').context, end: () => {}, accept: () => null };
  for (const { path } of readCommandTree(describeProgram(context))) {
    const [command = '', ...rest] = path.split(' ');
    // Of several commands in one row the first alone stands behind the name of the program.
    for (const word of [command, ...rest]) expect([path, readme.includes(word)]).toEqual([path, true]);
  }
  for (const command of ['get', 'add', 'ls', 'watch', 'adopt', 'serve']) expect(readme).toContain(`sluice ${command}`);
});
