/** `sluice completion` and `sluice man` in words: what is made of the description of all commands. */
import { Argument, type Command } from 'commander';
import { exitCodes } from '../../exit-codes.ts';
import type { NameKind } from './command-tree.ts';
import { version } from '../../version.ts';
import type { ProgramDeps } from '../../program/program-deps.ts';

const shells = ['bash', 'zsh', 'fish'] as const;

export function describeManual(program: Command, { context, end }: ProgramDeps): void {
  program
    .command('completion')
    .description('print a script that completes commands and options in your shell')
    .addArgument(new Argument('<shell>', 'which').choices(shells))
    .helpGroup('Help:')
    .addHelpText('after', help)
    .action(async (shell: (typeof shells)[number]) => {
      const { completionFor } = await import('./completion.ts');
      context.out(completionFor(shell, program));
      end(exitCodes.ok);
    });
  program
    .command('complete', { hidden: true })
    .description('print the names that completion offers')
    .addArgument(new Argument('<kind>', 'of what').choices(['downloads', 'queues', 'cached']))
    .argument('[words...]', 'the command line so far')
    .action(async (kind: NameKind, words: readonly string[]) => {
      const { printNames } = await import('./print-names.ts');
      await printNames(kind, words, context);
      end(exitCodes.ok);
    });
  program
    .command('man')
    .description('print the manual page')
    .helpGroup('Help:')
    .addHelpText('after', '\nExamples:\n  sluice man | man -l -')
    .action(async () => {
      const [{ readCommandTree }, { manPage }] = await Promise.all([
        import('./command-tree.ts'),
        import('./man-page.ts'),
      ]);
      context.out(manPage(readCommandTree(program), version));
      end(exitCodes.ok);
    });
}

const help = `
Put the line for your shell into the file that it reads when it starts.

Examples:
  source <(sluice completion bash)        # ~/.bashrc
  source <(sluice completion zsh)         # ~/.zshrc
  sluice completion fish | source         # ~/.config/fish/config.fish`;
