/** `sluice sessions` in words. */
import type { Command } from 'commander';
import { readSessionsRequest, type RawSessionsOptions } from './request.ts';
import { addOutputOptions } from '../../program/link-options.ts';
import { addDataOption } from '../../program/list-options.ts';
import type { ProgramDeps } from '../../program/program-deps.ts';

export function describeSessions(program: Command, { context, accept, end }: ProgramDeps): void {
  const command = program
    .command('sessions')
    .description('list the browsers that are signed in to "sluice serve", and sign them out')
    .option('--link', 'print a link that signs in one more browser, once')
    .option('--revoke <id...>', 'sign those out')
    .option('--revoke-all', 'sign every one out');
  addDataOption(addOutputOptions(command))
    .addHelpText('after', help)
    .action(async (raw: RawSessionsOptions) => {
      const request = accept(readSessionsRequest(raw, context.workingFolder));
      if (request === null) return;
      const { runSessions } = await import('./run.ts');
      end(await runSessions(request, context));
    });
}

const help = `
A browser stays signed in until 90 days after it was last seen. One that is signed out loses its connection within seconds.

Examples:
  sluice sessions
  sluice sessions --link
  sluice sessions --revoke 3f2a90c1d4e5b677`;
