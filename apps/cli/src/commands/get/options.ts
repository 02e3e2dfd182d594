/** `sluice get` in words: options, help and what it starts. */
import { type Command, Option } from 'commander';
import { askPasswords } from '../../arguments/ask-passwords.ts';
import { tellUnread } from '../import/unread-text.ts';
import { defaultRetries, logLevels, type RawGetCommandOptions, readGetRequest } from './request.ts';
import { exitCodes, exitMeanings, type ExitKind } from '../../exit-codes.ts';
import {
  addDryRunOption,
  addFetchOptions,
  addLinkOptions,
  addOutputOptions,
  addRetryOptions,
} from '../../program/link-options.ts';
import type { ProgramDeps } from '../../program/program-deps.ts';

export function describeGet(program: Command, { context, accept, end }: ProgramDeps): void {
  const command = program.command('get').description('download links to files');
  addDryRunOption(addOutputOptions(addFetchOptions(addRetryOptions(addLinkOptions(command), String(defaultRetries)))))
    .addOption(
      new Option('--log-level <level>', 'write the decisions of the engine to standard error, from this level on')
        .choices(logLevels)
        .helpGroup('Output:'),
    )
    .addHelpText('after', help)
    .action(async (links: string[], raw: RawGetCommandOptions) => {
      const whole = accept(await askPasswords(raw, context));
      const request =
        whole === null
          ? null
          : accept(readGetRequest(links, { ...whole, onUnread: tellUnread(context) }, context.workingFolder));
      if (request === null) return;
      if (raw.dryRun === true) {
        const { runGetPreview } = await import('../preview/run.ts');
        end(await runGetPreview(request, context));
        return;
      }
      const { runGet } = await import('./run.ts');
      end(await runGet(request, context));
    });
}

const help = `
The same command resumes a download that was stopped: the bytes that were fetched
lie in the folder as NAME.sluice until the file is whole. Files go into the current folder unless -d names another.
aria2's names of these options work too (-x, -s, -m, --all-proxy…); "sluice man" tells all of them.

Examples:
  sluice get https://example.com/file.iso
  sluice get -d ~/Downloads -c 8 https://example.com/a.iso https://example.com/b.iso
  sluice get 'https://example.com/page-[001-120].jpg' -o 'page #1.jpg'
  sluice get -j 16 -i list.txt
  sluice get --checksum sha-256=9f86d0… https://example.com/file.iso
  sluice get --dry-run -i list.txt
  sluice get --json https://example.com/file.iso | jq .download.receivedBytes

Exit codes:
${(Object.keys(exitMeanings) as ExitKind[]).map((kind) => `  ${String(exitCodes[kind]).padStart(3)}  ${exitMeanings[kind]}`).join('\n')}

When several downloads fail, the exit code is that of the first one given.`;
