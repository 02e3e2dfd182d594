/** `sluice config` in words. */
import type { Command } from 'commander';
import { type ListWords, readListRequest } from '../list/request.ts';
import type { ConfigWords } from './request.ts';
import { addOutputOptions } from '../../program/link-options.ts';
import { addDataOption } from '../../program/list-options.ts';
import type { ProgramContext } from '../../program/program-context.ts';

export function describeConfig(program: Command, { surroundings, accept, end }: ProgramContext): void {
  const config = program
    .command('config')
    .description('show and change the settings')
    .helpGroup('The list:')
    .addHelpText('after', help);
  add('list', 'show all settings, with what each takes').action((words: ListWords) => run({ kind: 'list' }, words));
  add('get', 'show one setting')
    .argument('<name>', 'which')
    .action((name: string, words: ListWords) => run({ kind: 'get', name }, words));
  add('set', 'change a setting')
    .argument('<name>', 'which; "sluice config list" shows them')
    .argument('<value>', 'its new value')
    .action((name: string, text: string, words: ListWords) => run({ kind: 'set', name, text }, words));
  add('reset', 'give a setting its first value')
    .argument('<name>', 'which')
    .action((name: string, words: ListWords) => run({ kind: 'reset', name }, words));

  function add(name: string, description: string): Command {
    return addDataOption(addOutputOptions(config.command(name).description(description)));
  }

  async function run(asked: ConfigWords, words: ListWords): Promise<void> {
    const { workingFolder } = surroundings;
    const { readConfigAction } = await import('./request.ts');
    const action = accept(readConfigAction(asked, workingFolder));
    if (action === null) return;
    const { runConfig } = await import('./run.ts');
    end(await runConfig({ ...readListRequest(words, workingFolder), action }, surroundings));
  }
}

const help = `
Settings are those of the list: of the desktop app, sluice serve and sluice watch. sluice get has options only.

Examples:
  sluice config list
  sluice config set maxRunning 8
  sluice config set speedLimitBytesPerSecond 2M`;
