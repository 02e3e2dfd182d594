/** The words that all commands about the list have in common. */
import { prioritySchema } from '@sluice/contract';
import { type Command, Option } from 'commander';
import { stateNames } from '../commands/list/request.ts';

/** How downloads are named. */
export function addSelection(command: Command): Command {
  return command
    .argument('[downloads...]', 'ids or their beginnings, file names or links')
    .option('--state <states>', `downloads in these states: ${stateNames.join(',')}`);
}

export function addDataOption(command: Command): Command {
  return command.option('--data-folder <folder>', 'use the list in this folder (default: that of the desktop app)');
}

/** Where among the others. */
export function addPlaceOptions(command: Command): Command {
  return command
    .optionsGroup('Place in the list:')
    .option('--queue <name>', 'queue to use')
    .addOption(new Option('--priority <priority>', 'who starts first').choices(prioritySchema.options));
}
