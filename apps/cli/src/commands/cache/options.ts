/** `sluice cache` in words. */
import type { Command } from 'commander';
import { type CacheCommand, type RawCacheOptions, readCacheRequest } from './request.ts';
import { addOutputOptions } from '../../program/link-options.ts';
import type { ProgramDeps } from '../../program/program-deps.ts';

export function describeCache(program: Command, { context, accept, end }: ProgramDeps): void {
  const cache = program
    .command('cache')
    .description('manage a cache that Node programs keep with the library')
    .addHelpText('after', help);
  add('list', 'show the content of the cache, least recently used first').action(
    (folder: string, raw: RawCacheOptions) => run({ kind: 'list', folder, which: [] }, raw),
  );
  add('prune', 'remove content that is no longer needed')
    .option('--unused-for <time>', 'remove content not used for this time: 30d, 12h, 90m')
    .option('--max-size <size>', 'then remove the least recently used content down to this size: 2G, 500M')
    .action((folder: string, raw: RawCacheOptions) => run({ kind: 'prune', folder, which: [] }, raw));
  add('verify', 'compare the content of the cache with its checksums')
    .option('--remove', 'remove content that does not match')
    .action((folder: string, raw: RawCacheOptions) => run({ kind: 'verify', folder, which: [] }, raw));
  add('remove', 'remove the content of links')
    .argument('[links...]', 'links, or beginnings of the keys that "cache list" shows')
    .option('--all', 'everything')
    .action((folder: string, which: readonly string[], raw: RawCacheOptions) =>
      run({ kind: 'remove', folder, which }, raw),
    );

  function add(name: string, description: string): Command {
    const command = cache.command(name).description(description).argument('<folder>', 'the folder of the cache');
    return addOutputOptions(command);
  }

  async function run(command: CacheCommand, raw: RawCacheOptions): Promise<void> {
    const request = accept(readCacheRequest(command, raw, context.workingFolder));
    if (request === null) return;
    const { runCache } = await import('./run.ts');
    end(await runCache(request, context));
  }
}

const help = `
Programs may use the cache meanwhile. "cache verify" ends with 9 when something does not fit.

Examples:
  sluice cache list ~/.cache/my-program
  sluice cache prune --unused-for 30d --max-size 2G ~/.cache/my-program
  sluice cache remove ~/.cache/my-program https://example.com/file.json`;
