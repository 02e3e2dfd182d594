/** Carries out `sluice sessions`: lists and ends the sign-ins of browsers, and makes links for further ones. */
import { defaultHostFolders, openWebAccess, type WebAccess, type WebSession } from '@sluice/host';
import type { SessionsRequest } from './request.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { Voice } from '../list/voice.ts';
import type { Surroundings } from '../../surroundings.ts';
import { cleanText } from '../../terminal/clean-text.ts';

export async function runSessions(request: SessionsRequest, surroundings: Surroundings): Promise<ExitCode> {
  const voice = new Voice(surroundings, request.output);
  const { action } = request;
  try {
    const access = await openWebAccess(request.dataFolder ?? defaultHostFolders().dataFolder);
    if (action === 'list') return await list(access, voice);
    if (action === 'link') return await link(access, voice, request.output === 'json' ? null : surroundings);
    const ids = action === 'revoke-all' ? (await access.list()).map(({ id }) => id) : action.revoke;
    return await revoke(ids, access, voice);
  } catch (error) {
    return voice.endWithError(error);
  }
}

async function list(access: WebAccess, voice: Voice): Promise<ExitCode> {
  const sessions = await access.list();
  for (const session of sessions) {
    voice.tell({ kind: 'session', session });
    voice.say(sessionLine(session));
  }
  if (sessions.length === 0) voice.hint('No browser is signed in.');
  return voice.end(exitCodes.ok);
}

/** @param surroundings where the link alone goes, however quietly; null for JSON, which tells it */
async function link(access: WebAccess, voice: Voice, surroundings: Surroundings | null): Promise<ExitCode> {
  const url = await access.newLink();
  if (url === null) return voice.endWithMistake({ kind: 'no-server' });
  voice.tell({ kind: 'serving', url });
  surroundings?.out(`${url}\n`);
  voice.hint('That link signs in one browser, once, within 15 minutes.');
  return voice.end(exitCodes.ok);
}

async function revoke(ids: readonly string[], access: WebAccess, voice: Voice): Promise<ExitCode> {
  for (const id of ids) {
    if (!(await access.revoke(id))) return voice.endWithMistake({ kind: 'no-such-session', word: id });
    voice.tell({ kind: 'removed', id });
    voice.say(`${id} is signed out.`);
  }
  return voice.end(exitCodes.ok);
}

function sessionLine({ id, seenAtMs, port, address, browser }: WebSession): string {
  const seen = new Date(seenAtMs).toLocaleString();
  return `${id}  ${seen}  port ${port}  from ${address}  ${cleanText(browser)}`;
}
