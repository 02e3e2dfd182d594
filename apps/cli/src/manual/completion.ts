/** The completion script of each shell. */
import type { Command } from 'commander';
import { bashCompletion } from './bash-completion.ts';
import { readCommandTree } from './command-tree.ts';
import { fishCompletion } from './fish-completion.ts';
import { zshCompletion } from './zsh-completion.ts';

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

export function completionFor(shell: keyof typeof scripts, program: Command): string {
  return scripts[shell](readCommandTree(program));
}
