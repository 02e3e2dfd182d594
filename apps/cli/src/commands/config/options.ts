/** `sluice config` in words. */
import type { Command } from 'commander';
import { type RawListOptions, readListRequest } from '../list/request.ts';
import type { RawConfigOptions } from './request.ts';
import { addOutputOptions } from '../../program/link-options.ts';
import { addDataOption } from '../../program/list-options.ts';
import type { ProgramDeps } from '../../program/program-deps.ts';

export function describeConfig(program: Command, { context, accept, end }: ProgramDeps): void {
  const config = program
    .command('config')
    .description('show and change the settings')
    .helpGroup('The list:')
    .addHelpText('after', help);
  add('list', 'show all settings and the values they accept').action((raw: RawListOptions) =>
    run({ kind: 'list' }, raw),
  );
  add('get', 'show one setting')
    .argument('<name>', 'which')
    .action((name: string, raw: RawListOptions) => run({ kind: 'get', name }, raw));
  add('set', 'change a setting')
    .argument('<name>', 'name of the setting; "sluice config list" shows all')
    .argument('<value>', 'its new value')
    .action((name: string, text: string, raw: RawListOptions) => run({ kind: 'set', name, text }, raw));
  add('reset', 'set a setting back to its default')
    .argument('<name>', 'which')
    .action((name: string, raw: RawListOptions) => run({ kind: 'reset', name }, raw));

  function add(name: string, description: string): Command {
    return addDataOption(addOutputOptions(config.command(name).description(description)));
  }

  async function run(asked: RawConfigOptions, raw: RawListOptions): Promise<void> {
    const { workingFolder } = context;
    const { readConfigAction } = await import('./request.ts');
    const action = accept(readConfigAction(asked, workingFolder));
    if (action === null) return;
    const { runConfig } = await import('./run.ts');
    end(await runConfig({ ...readListRequest(raw, workingFolder), action }, context));
  }
}

const help = `
Settings are those of the list: of the desktop app, sluice serve and sluice watch. sluice get has options only.

Examples:
  sluice config list
  sluice config set maxRunning 8
  sluice config set speedLimitBytesPerSecond 2M`;
