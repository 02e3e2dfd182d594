/** `sluice adopt` in words: what is unfinished in a folder, and a single partial whose link is given. */
import type { Command } from 'commander';
import { type RawListOptions, readListRequest } from '../list/request.ts';
import { wrongUsage, type Parsed } from '../../arguments/usage-error.ts';
import type { AdoptRequest } from './run.ts';
import { addOutputOptions } from '../../program/link-options.ts';
import { addDataOption } from '../../program/list-options.ts';
import type { ProgramDeps } from '../../program/program-deps.ts';

interface RawAdoptOptions {
  readonly link?: string;
  readonly checksum?: string;
  readonly paused?: boolean;
  readonly deleteKept?: boolean;
}

export function describeAdopt(program: Command, { context, accept, end }: ProgramDeps): void {
  const command = program
    .command('adopt')
    .description('put what is unfinished in a folder on the list')
    .argument('<folders...>', 'where NAME.sluice files lie, or single ones of them')
    .option('--link <url>', 'where the one file that is named came from, if its journal is lost')
    .option('--checksum <sum>', 'with --link: what the whole file has, sha-256=HEX, md5=HEX…')
    .option('--paused', 'do not start them yet')
    .option('--delete-kept', 'delete what was kept apart there (NAME.sluice-kept)')
    .helpGroup('The list:');
  addDataOption(addOutputOptions(command))
    .addHelpText('after', help)
    .action(async (paths: string[], raw: RawListOptions & RawAdoptOptions) => {
      const parsed = readAdoption(paths, raw);
      if (parsed.kind === 'usage-error') return void accept(parsed);
      const { runAdopt } = await import('./run.ts');
      end(await runAdopt({ ...readListRequest(raw, context.workingFolder), ...parsed.value }, context));
    });
}

type Adoption = Pick<AdoptRequest, 'paths' | 'link' | 'start' | 'deleteKept'>;

function readAdoption(paths: readonly string[], raw: RawAdoptOptions): Parsed<Adoption> {
  const { link: url, checksum, paused = false, deleteKept = false } = raw;
  if (url === undefined && checksum !== undefined) {
    return wrongUsage({ kind: 'goes-with', option: '--checksum', other: '--link' });
  }
  if (url !== undefined && paths.length > 1) return wrongUsage({ kind: 'one-link-several-files', files: paths.length });
  const link = url === undefined ? null : { url, ...(checksum === undefined ? {} : { checksum }) };
  return { kind: 'ok', value: { paths, link, start: !paused, deleteKept } };
}

const help = `
Resumes the partials of another program, another computer or a lost list. Partials that a running
program uses, or that cannot be read, are named and left as they are. A partial whose journal was lost is kept apart as
NAME.sluice-kept. What its link sends at several places, or its checksum, shows which of its bytes are right: those are
kept, the others are fetched again. Its link is known while its download is on the list; else give it with --link.

Examples:
  sluice adopt ~/Downloads
  sluice adopt --paused /mnt/usb
  sluice adopt --link https://example.com/a.iso ~/Downloads/a.iso.sluice-kept`;
