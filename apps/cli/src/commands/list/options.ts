/** The commands about the list of downloads in words: what each takes and what it starts. */
import type { Priority } from '@sluice/contract';
import { type Command, Option } from 'commander';
import { askPasswords } from '../../arguments/ask-passwords.ts';
import { type RawListOptions, readListRequest, readSelectionRequest, type RawSelectionOptions } from './request.ts';
import { wrongUsage } from '../../arguments/usage-error.ts';
import { readDownloads, type RawGetOptions } from '../../arguments/read-downloads.ts';
import { type RawChangeOptions, readChanges } from '../../arguments/change-options.ts';
import type { Control } from './run-control.ts';
import { addDryRunOption, addLinkOptions, addOutputOptions, addRetryOptions } from '../../program/link-options.ts';
import { addDataOption, addPlaceOptions, addSelection } from '../../program/list-options.ts';
import { describeAdopt } from '../adopt/options.ts';
import { describeExport } from '../export/options.ts';
import { describeImport } from '../import/options.ts';
import { tellUnread } from '../import/unread-text.ts';
import type { ProgramDeps } from '../../program/program-deps.ts';

export function describeList(program: Command, context: ProgramDeps): void {
  describeAdd(program, context);
  describeImport(program, context);
  describeLs(program, context);
  describeWatch(program, context);
  describeControl(program, context, {
    name: 'pause',
    description: 'stop downloads; what has arrived is kept',
    examples: ['sluice pause file.iso', 'sluice pause --all'],
    control: () => ({ kind: 'pause' }),
  });
  describeControl(program, context, {
    name: 'resume',
    description: 'resume downloads',
    examples: ['sluice resume 3f2a', 'sluice resume --state paused'],
    control: () => ({ kind: 'resume' }),
  });
  describeControl(program, context, {
    name: 'retry',
    description: 'retry failed, waiting or cancelled downloads, from what is on disk',
    examples: ['sluice retry --state failed'],
    control: () => ({ kind: 'retry' }),
  });
  describeControl(program, context, {
    name: 'changed',
    description: 'choose the version of downloads whose file has changed on the server',
    examples: ['sluice changed --replace file.iso', 'sluice changed --beside 3f2a', 'sluice changed --keep --all'],
    options: (command) =>
      command
        .addOption(
          new Option('--keep', 'keep what has arrived, paused; "resume" asks the server again').conflicts([
            'beside',
            'replace',
          ]),
        )
        .addOption(new Option('--beside', 'the same, and fetch the new version as another file').conflicts('replace'))
        .option('--replace', 'fetch the new version; the old part is deleted once that is finished'),
    control: ({ keep, beside, replace }) => {
      const choice = keep === true ? 'keep' : beside === true ? 'beside' : replace === true ? 'replace' : null;
      return choice === null ? null : { kind: 'changed', choice };
    },
  });
  describeControl(program, context, {
    name: 'rm',
    description: 'remove downloads from the list',
    examples: ['sluice rm --state finished', 'sluice rm --delete-file file.iso'],
    options: (command) => command.option('--delete-file', 'also delete the file, finished or not'),
    control: ({ deleteFile }) => ({ kind: 'remove', deleteFile: deleteFile ?? false }),
  });
  describeSet(program, context);
  describeInfo(program, context);
  describeExport(program, context);
  describeAdopt(program, context);
}

interface RawAddOptions extends RawGetOptions, RawListOptions {
  readonly paused?: boolean;
  readonly dryRun?: boolean;
  readonly queue?: string;
  readonly priority?: Priority;
}

function describeAdd(program: Command, { context, accept, end }: ProgramDeps): void {
  const command = program.command('add').description('add links to the list of downloads');
  addRetryOptions(addLinkOptions(command), 'as set').helpGroup('The list:');
  addPlaceOptions(command).option('--paused', 'do not start them yet');
  addDataOption(addDryRunOption(addOutputOptions(command)))
    .addHelpText(
      'after',
      `\n${joins}\n${examples(['sluice add https://example.com/a.iso', 'sluice add --paused -i list.txt'])}`,
    )
    .action(async (links: string[], raw: RawAddOptions) => {
      const whole = accept(await askPasswords(raw, context));
      const downloads =
        whole === null
          ? null
          : accept(readDownloads(links, { ...whole, onUnread: tellUnread(context) }, context.workingFolder));
      if (downloads === null) return;
      const request = readListRequest(raw, context.workingFolder);
      const { priority, queue = null } = raw;
      const placed = priority === undefined ? downloads : downloads.map((download) => ({ ...download, priority }));
      const start = raw.paused !== true;
      const asked = { ...request, downloads: placed, usesNetrc: raw.netrc !== false, start, queue };
      if (raw.dryRun === true) {
        const { runAddPreview } = await import('../preview/run.ts');
        end(await runAddPreview(asked, context));
        return;
      }
      const { runAdd } = await import('./run-add.ts');
      end(await runAdd(asked, context));
    });
}

function describeLs(program: Command, { context, accept, end }: ProgramDeps): void {
  const command = program.command('ls').description('show the list of downloads').helpGroup('The list:');
  addDataOption(addOutputOptions(addSelection(command)))
    .addHelpText(
      'after',
      examples(['sluice ls', 'sluice ls --state running,waiting', 'sluice ls --json | jq .download.name']),
    )
    .action(async (which: string[], raw: RawSelectionOptions) => {
      const { workingFolder } = context;
      const request = accept(readSelectionRequest(which, raw, { workingFolder, command: null }));
      if (request === null) return;
      const { runLs } = await import('./run-ls.ts');
      end(await runLs(request, context));
    });
}

function describeWatch(program: Command, { context, accept, end }: ProgramDeps): void {
  const command = program
    .command('watch')
    .description('follow the downloads until all are done; fetch them if no Sluice is running')
    .helpGroup('The list:');
  addDataOption(addOutputOptions(addSelection(command)))
    .option('-f, --forever', 'keep waiting for new downloads')
    .addHelpText('after', `\n${watchHelp}\n${examples(['sluice watch', 'sluice add LINK && sluice watch'])}`)
    .action(async (which: string[], raw: RawSelectionOptions & { readonly forever?: boolean }) => {
      const { workingFolder } = context;
      const request = accept(readSelectionRequest(which, raw, { workingFolder, command: null }));
      if (request === null) return;
      const { runWatch } = await import('../watch/run.ts');
      end(await runWatch({ ...request, forever: raw.forever ?? false }, context));
    });
}

interface ControlDescription {
  readonly name: string;
  readonly description: string;
  readonly examples: readonly string[];
  readonly options?: (command: Command) => Command;
  /** Null when the words do not say what to do. */
  readonly control: (raw: RawControlOptions) => Control | null;
}

interface RawControlOptions {
  readonly deleteFile?: boolean;
  readonly keep?: boolean;
  readonly beside?: boolean;
  readonly replace?: boolean;
}

function describeControl(program: Command, { context, accept, end }: ProgramDeps, about: ControlDescription): void {
  const command = addSelection(program.command(about.name).description(about.description).helpGroup('The list:'));
  command.option('--all', 'all downloads');
  addDataOption(addOutputOptions(about.options?.(command) ?? command))
    .addHelpText('after', `\n${joins}\n${examples(about.examples)}`)
    .action(async (which: string[], raw: RawSelectionOptions & RawControlOptions) => {
      const { workingFolder } = context;
      const request = accept(readSelectionRequest(which, raw, { workingFolder, command: about.name }));
      if (request === null) return;
      const control = about.control(raw);
      if (control === null) return void accept(wrongUsage({ kind: 'no-choice' }));
      const { runControl } = await import('./run-control.ts');
      end(await runControl({ ...request, control }, context));
    });
}

function describeSet(program: Command, { context, accept, end }: ProgramDeps): void {
  const command = addSelection(program.command('set').description('change the options of downloads'));
  command.option('--all', 'all downloads').helpGroup('The list:');
  addPlaceOptions(command)
    .option('-c, --connections <number>', 'most connections per download, 1 to 64')
    .option('--max-download-limit <rate>', 'bytes per second for each; 0 = no limit')
    .option('--retries <number>', 'failed attempts in a row after the first before giving up, "forever" or "settings"');
  addDataOption(addOutputOptions(command))
    .addHelpText('after', examples(['sluice set --priority high file.iso', 'sluice set --queue Night --state queued']))
    .action(async (which: string[], raw: RawSelectionOptions & RawChangeOptions) => {
      const { workingFolder } = context;
      const request = accept(readSelectionRequest(which, raw, { workingFolder, command: 'set' }));
      const changes = request === null ? null : accept(readChanges(raw));
      if (request === null || changes === null) return;
      const { runSet } = await import('./run-set.ts');
      end(await runSet({ ...request, changes }, context));
    });
}

function describeInfo(program: Command, { context, accept, end }: ProgramDeps): void {
  const command = program.command('info').description('show all facts about downloads').helpGroup('The list:');
  addDataOption(addOutputOptions(addSelection(command).option('--all', 'all downloads')))
    .addHelpText('after', examples(['sluice info file.iso', 'sluice info --json 3f2a']))
    .action(async (which: string[], raw: RawSelectionOptions) => {
      const { workingFolder } = context;
      const request = accept(readSelectionRequest(which, raw, { workingFolder, command: 'info' }));
      if (request === null) return;
      const { runInfo } = await import('./run-info.ts');
      end(await runInfo(request, context));
    });
}

const joins = `When a Sluice is running (the desktop app, sluice serve or sluice watch), it is told; otherwise the list on disk
is changed, and what is on it starts with the next one that runs.`;

const watchHelp = `Ctrl+C ends watching: downloads of a running Sluice continue, others are kept and resume next time.
It ends with 0 when all are there, with the code of the first failure, and with 130 when some were stopped.`;

function examples(lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
