/** Carries out `sluice sessions`: lists and ends the sign-ins of browsers, and makes links for further ones. */
import { defaultHostFolders, openWebAccess, type WebAccess, type WebSession } from '@sluice/host';
import type { SessionsRequest } from './request.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { Output } from '../list/output.ts';
import type { CliContext } from '../../cli-context.ts';
import { cleanText } from '../../terminal/clean-text.ts';

export async function runSessions(request: SessionsRequest, context: CliContext): Promise<ExitCode> {
  const output = new Output(context, request.output);
  const { action } = request;
  try {
    const access = await openWebAccess(request.dataFolder ?? defaultHostFolders().dataFolder);
    if (action === 'list') return await list(access, output);
    if (action === 'link') return await link(access, output, request.output === 'json' ? null : context);
    const ids = action === 'revoke-all' ? (await access.list()).map(({ id }) => id) : action.revoke;
    return await revoke(ids, access, output);
  } catch (error) {
    return output.endWithError(error);
  }
}

async function list(access: WebAccess, output: Output): Promise<ExitCode> {
  const sessions = await access.list();
  for (const session of sessions) {
    output.tell({ kind: 'session', session });
    output.say(sessionLine(session));
  }
  if (sessions.length === 0) output.hint('No browser is signed in.');
  return output.end(exitCodes.ok);
}

/** @param context where the link alone goes, however quietly; null for JSON, which tells it */
async function link(access: WebAccess, output: Output, context: CliContext | null): Promise<ExitCode> {
  const url = await access.newLink();
  if (url === null) return output.endWithUsageError({ kind: 'no-server' });
  output.tell({ kind: 'serving', url });
  context?.out(`${url}\n`);
  output.hint('That link signs in one browser, once, within 15 minutes.');
  return output.end(exitCodes.ok);
}

async function revoke(ids: readonly string[], access: WebAccess, output: Output): Promise<ExitCode> {
  for (const id of ids) {
    if (!(await access.revoke(id))) return output.endWithUsageError({ kind: 'no-such-session', word: id });
    output.tell({ kind: 'removed', id });
    output.say(`${id} is signed out.`);
  }
  return output.end(exitCodes.ok);
}

function sessionLine({ id, seenAtMs, port, address, browser }: WebSession): string {
  const seen = new Date(seenAtMs).toLocaleString();
  return `${id}  ${seen}  port ${port}  from ${address}  ${cleanText(browser)}`;
}
