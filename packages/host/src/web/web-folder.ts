/** What the web server keeps in a data folder, and where it says at which address it runs. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { privateFolder, writePrivateFile } from '../folders/private-files.ts';
import { WebSessions } from './sessions.ts';
import { SignInTickets } from './sign-in-tickets.ts';

export interface WebFolder {
  readonly path: string;
  readonly sessions: WebSessions;
  readonly tickets: SignInTickets;
}

const addressSchema = z.object({ url: z.url({ protocol: /^http$/ }) });

export async function openWebFolder(dataFolder: string): Promise<WebFolder> {
  // An earlier version let in every client that knew the token in it.
  await rm(join(dataFolder, 'web-token'), { force: true });
  const path = await privateFolder(join(dataFolder, 'web'));
  return { path, sessions: await WebSessions.open(path), tickets: await SignInTickets.open(path) };
}

export function signInLink(url: string, ticket: string): string {
  // Behind the `#`: browsers send a fragment to no server and in no Referer.
  return `${url}#ticket=${ticket}`;
}

export async function saveAddress({ path }: WebFolder, url: string): Promise<void> {
  await writePrivateFile(join(path, 'address.json'), JSON.stringify({ url }));
}

export async function forgetAddress({ path }: WebFolder): Promise<void> {
  await rm(join(path, 'address.json'), { force: true });
}

/** @returns null when no server says that it runs. One that was killed still says so. */
export async function savedAddress({ path }: WebFolder): Promise<string | null> {
  try {
    return addressSchema.parse(JSON.parse(await readFile(join(path, 'address.json'), 'utf8'))).url;
  } catch {
    return null;
  }
}
