/** `sluice serve` in words. */
import type { Command } from 'commander';
import { readServeRequest, type RawServeOptions } from './request.ts';
import { addOutputOptions } from '../../program/link-options.ts';
import { OptionAlias } from '../../program/option-alias.ts';
import type { ProgramDeps } from '../../program/program-deps.ts';

export function describeServe(program: Command, { context, accept, end }: ProgramDeps): void {
  const command = program
    .command('serve')
    .description('serve the window to a browser on this computer')
    .option('-p, --port <number>', 'port to listen on; 0 = any free port')
    .option('--folder <folder>', 'save files in this folder (default: your downloads folder)')
    .option('--data-folder <folder>', 'folder of the list and the settings')
    .addOption(new OptionAlias('--data <folder>', '--data-folder', 'dataFolder'))
    .option('--ui <folder>', 'serve the web interface in this folder');
  addOutputOptions(command)
    .addHelpText('after', help)
    .action(async (raw: RawServeOptions) => {
      const request = accept(readServeRequest(raw, context.workingFolder));
      if (request === null) return;
      const { runServe } = await import('./run.ts');
      end(await runServe(request, context));
    });
}

const help = `
It prints a link that signs in one browser, once; that browser stays signed in. "sluice sessions" lists the browsers
and makes further links. Ctrl+C stops it in order.

Examples:
  sluice serve
  sluice serve --port 0 --folder /mnt/films`;
