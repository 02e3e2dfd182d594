/** Lists and ends the sign-ins of browsers, and makes links for further ones. */
import { type WebSession, defaultHostFolders, openWebAccess } from '@sluice/host';
import type { SessionsRequest } from './arguments.ts';

interface Output {
  readonly say: (line: string) => void;
  readonly warn: (line: string) => void;
}

/** @returns whether what was asked for could be done */
export async function runSessions({ action, dataFolder }: SessionsRequest, { say, warn }: Output): Promise<boolean> {
  const access = await openWebAccess(dataFolder ?? defaultHostFolders().dataFolder);
  if (action === 'list') {
    const sessions = await access.list();
    for (const session of sessions) say(sessionLine(session));
    if (sessions.length === 0) say('No browser is signed in.');
    return true;
  }
  if (action === 'link') {
    const link = await access.newLink();
    if (link === null) warn('No server runs on this data folder. Start one, or name its folder with --data.');
    else say(link);
    return link !== null;
  }
  const ids = action.revoke === 'all' ? (await access.list()).map(({ id }) => id) : [action.revoke];
  let areKnown = true;
  for (const id of ids) {
    if (await access.revoke(id)) say(`${id} is signed out.`);
    else {
      warn(`"${id}" is not a session. See --sessions.`);
      areKnown = false;
    }
  }
  return areKnown;
}

function sessionLine({ id, seenAtMs, port, address, browser }: WebSession): string {
  // A browser calls itself what it likes.
  const name = browser.replace(/[^\x20-\x7e]/g, '?');
  return `${id}  seen ${new Date(seenAtMs).toISOString()}  port ${port}  from ${address}  ${name}`;
}
