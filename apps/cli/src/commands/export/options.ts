/** `sluice export` in words: the list for other programs. */
import { type ExportFormat, exportFormats } from '@sluice/formats';
import { type Command, Option } from 'commander';
import type { ProgramDeps } from '../../program/program-deps.ts';
import { addDataOption, addSelection } from '../../program/list-options.ts';
import { type RawSelectionOptions, readSelectionRequest } from '../list/request.ts';

interface RawExportOptions extends RawSelectionOptions {
  readonly format: ExportFormat;
  readonly withSecrets?: boolean;
}

export function describeExport(program: Command, { context, accept, end }: ProgramDeps): void {
  const command = program.command('export').description('print downloads as a list for other programs');
  addDataOption(addSelection(command))
    .addOption(new Option('--format <format>', 'what to write').choices(exportFormats).default('json'))
    .option('--with-secrets', 'include logins, headers, cookies, forms and referrers')
    .helpGroup('The list:')
    .addHelpText('after', help)
    .action(async (which: string[], raw: RawExportOptions) => {
      const { workingFolder } = context;
      const request = accept(readSelectionRequest(which, raw, { workingFolder, command: null }));
      if (request === null) return;
      const { runExport } = await import('./run.ts');
      const { format, withSecrets = false } = raw;
      end(await runExport({ ...request, format, withSecrets }, context));
    });
}

const help = `
text has one link a line; json is read whole by "sluice import"; aria2 is an input file for aria2c -i; metalink has
mirrors, checksums and sizes; curl has one command a line, for bash. A link itself may hold a key of the server.

Examples:
  sluice export > list.json
  sluice export --format aria2 --state queued,paused > list.txt
  sluice export --format curl --with-secrets file.iso`;
