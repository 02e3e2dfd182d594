/** The completion script of each shell. */
import type { Command } from 'commander';
import { bashCompletion } from './bash-completion.ts';
import { settingNames } from '../config/settings-text.ts';
import { type CommandFacts, readCommandTree } from './command-tree.ts';
import { fishCompletion } from './fish-completion.ts';
import { zshCompletion } from './zsh-completion.ts';

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

export function completionFor(shell: keyof typeof scripts, program: Command): string {
  return scripts[shell](readCommandTree(program).map(withSettings));
}

/** Commander is not told of the names: it would take none of their other spellings. */
function withSettings(command: CommandFacts): CommandFacts {
  const takesName = command.path.startsWith('config ') && command.operand !== null;
  return takesName ? { ...command, operand: { kind: 'choices', choices: settingNames } } : command;
}
