/** `sluice import` in words: the links of files that other programs wrote. */
import { resolve } from 'node:path';
import type { Priority } from '@sluice/contract';
import type { Command } from 'commander';
import { wrongUsage } from '../../arguments/usage-error.ts';
import { addOutputOptions } from '../../program/link-options.ts';
import { addDataOption, addPlaceOptions } from '../../program/list-options.ts';
import type { ProgramDeps } from '../../program/program-deps.ts';
import { type RawListOptions, readListRequest } from '../list/request.ts';
import { readFiles } from './read-files.ts';

interface RawImportOptions extends RawListOptions {
  readonly dir?: string;
  readonly list?: boolean;
  readonly paused?: boolean;
  readonly queue?: string;
  readonly priority?: Priority;
}

export function describeImport(program: Command, { context, accept, end }: ProgramDeps): void {
  const command = program
    .command('import')
    .description('add the links that are in files of other programs')
    .argument('<files...>', 'files that hold links; - reads standard input')
    .option('--list', 'print what is in the files, and add nothing')
    .option('-d, --dir <folder>', 'save files in this folder')
    .option('--paused', 'do not start them yet')
    .helpGroup('The list:');
  addDataOption(addOutputOptions(addPlaceOptions(command)))
    .addHelpText('after', help)
    .action(async (paths: string[], raw: RawImportOptions) => {
      const { workingFolder } = context;
      const files = accept(readFiles(paths, workingFolder));
      if (files === null) return;
      const request = readListRequest(raw, workingFolder);
      const { runImport, runImportList } = await import('./run.ts');
      if (raw.list === true) return end(runImportList({ output: request.output, files }, context));
      if (files.every(({ read }) => read.entries.length === 0)) {
        runImportList({ output: request.output, files }, context);
        return void accept(wrongUsage({ kind: 'nothing-to-import' }));
      }
      const folder = raw.dir === undefined ? {} : { folder: resolve(workingFolder, raw.dir) };
      const place = { ...folder, ...(raw.priority !== undefined && { priority: raw.priority }) };
      const start = raw.paused !== true;
      end(await runImport({ ...request, files, place, start, queue: raw.queue ?? null }, context));
    });
}

const help = `
Formats, recognised by what is in a file: Metalink 3 and 4 (mirrors, checksums, names), HAR (headers and
cookies), commands copied as cURL (bash, cmd) or PowerShell, aria2 input files and sessions, IDM exports (.ef2), .csv, .url,
.webloc, .desktop, web pages, plain text, and what "sluice export" writes. No file says where downloads are saved.

Examples:
  sluice import --list network.har
  sluice import --paused debian.meta4 links.csv
  xclip -o | sluice import -`;
