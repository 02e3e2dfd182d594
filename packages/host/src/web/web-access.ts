/** Who may use the list in a browser, as any program of the user can see and change it, whether a server runs or not. */
import type { WebSession } from './sessions.ts';
import { openWebFolder, savedAddress, signInLink } from './web-folder.ts';

export interface WebAccess {
  list(): Promise<readonly WebSession[]>;
  /** Signs the browser out, within seconds. @returns whether there was such a session */
  revoke(id: string): Promise<boolean>;
  /** Signs in one browser, once, within a quarter of an hour. Null when no server answers for this folder. */
  newLink(): Promise<string | null>;
}

export async function openWebAccess(dataFolder: string): Promise<WebAccess> {
  const folder = await openWebFolder(dataFolder);
  return {
    list: () => folder.sessions.list(),
    revoke: (id) => folder.sessions.revoke(id),
    async newLink() {
      const url = await savedAddress(folder);
      if (url === null || !(await answers(url))) return null;
      return signInLink(url, await folder.tickets.issue());
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(3000) })).ok;
  } catch {
    return false;
  }
}
