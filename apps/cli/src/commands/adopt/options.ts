/** `sluice adopt` in words: what is unfinished in a folder, and a single partial whose link is given. */
import type { Command } from 'commander';
import { type ListWords, readListRequest } from '../list/request.ts';
import { mistaken, type Parsed } from '../../arguments/mistake.ts';
import type { AdoptRequest } from './run.ts';
import { addOutputOptions } from '../../program/link-options.ts';
import { addDataOption } from '../../program/list-options.ts';
import type { ProgramContext } from '../../program/program-context.ts';

interface AdoptWords {
  readonly link?: string;
  readonly checksum?: string;
  readonly paused?: boolean;
  readonly deleteKept?: boolean;
}

export function describeAdopt(program: Command, { surroundings, accept, end }: ProgramContext): void {
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
    .action(async (paths: string[], words: ListWords & AdoptWords) => {
      const parsed = readAdoption(paths, words);
      if (parsed.kind === 'mistake') return void accept(parsed);
      const { runAdopt } = await import('./run.ts');
      end(await runAdopt({ ...readListRequest(words, surroundings.workingFolder), ...parsed.value }, surroundings));
    });
}

type Adoption = Pick<AdoptRequest, 'paths' | 'link' | 'start' | 'deleteKept'>;

function readAdoption(paths: readonly string[], words: AdoptWords): Parsed<Adoption> {
  const { link: url, checksum, paused = false, deleteKept = false } = words;
  if (url === undefined && checksum !== undefined) {
    return mistaken({ kind: 'goes-with', option: '--checksum', other: '--link' });
  }
  if (url !== undefined && paths.length > 1) return mistaken({ kind: 'one-link-several-files', files: paths.length });
  const link = url === undefined ? null : { url, ...(checksum === undefined ? {} : { checksum }) };
  return { kind: 'ok', value: { paths, link, start: !paused, deleteKept } };
}

const help = `
What another program, another computer or a lost list began goes on from what has arrived. Partials that a running
program uses, or that cannot be read, are named and left as they are. A partial whose journal was lost is kept apart as
NAME.sluice-kept. What its link sends at several places, or its checksum, shows which of its bytes are right: those are
kept, the others are fetched again. Its link is known while its download is on the list; else give it with --link.

Examples:
  sluice adopt ~/Downloads
  sluice adopt --paused /mnt/usb
  sluice adopt --link https://example.com/a.iso ~/Downloads/a.iso.sluice-kept`;
