/** Judges what a page shows first: the key of a session, a ticket out of a link, and what it asks for. */
import { type BrowserSession, type SessionsAsk, type SignIn, signInSchema } from '@sluice/contract';
import type { Tickets } from './tickets.ts';
import type { WebFolder } from './web-folder.ts';

export interface SignedIn {
  readonly sessionId: string;
  /** For a browser that is new. */
  readonly key: string | null;
}

export interface SignInDesk {
  /** Null: neither is good. */
  signIn(message: SignIn, from: { readonly browser: string; readonly address: string }): Promise<SignedIn | null>;
  /** Null when there is no such finished file. */
  ticketFor(fileId: string): Promise<string | null>;
  /** @param sessionId the one that asks */
  sessions(ask: SessionsAsk, sessionId: string): Promise<BrowserSession[]>;
  isAlive(sessionId: string): Promise<boolean>;
}

export interface SignInDeskOptions {
  readonly folder: Pick<WebFolder, 'sessions' | 'tickets'>;
  readonly port: number;
  readonly files: Tickets;
  readonly isFinished: (id: string) => Promise<boolean>;
  /** A ticket was good, so that the page behind a link has come. */
  readonly onTicket: (ticket: string) => void;
}

export function createSignInDesk({ folder, port, files, isFinished, onTicket }: SignInDeskOptions): SignInDesk {
  const { sessions, tickets } = folder;
  return {
    async signIn({ key, ticket }, from) {
      // Used up beside a good key as well: a link that has been opened must be dead.
      const hasTicket = ticket !== undefined && (await tickets.redeem(ticket));
      if (hasTicket) onTicket(ticket);
      const known = key === undefined ? null : await sessions.check(key, port);
      if (known !== null) return { sessionId: known, key: null };
      if (!hasTicket) return null;
      const made = await sessions.create({ port, ...from });
      return { sessionId: made.id, key: made.key };
    },
    async ticketFor(fileId) {
      return (await isFinished(fileId)) ? files.issue(fileId) : null;
    },
    async sessions(ask, sessionId) {
      if (ask !== 'list') {
        const ids = ask.revoke === 'others' ? (await sessions.list()).map(({ id }) => id) : [ask.revoke];
        for (const id of ids) if (ask.revoke !== 'others' || id !== sessionId) await sessions.revoke(id);
      }
      // The port tells a person nothing: one server serves all of them.
      return (await sessions.list()).map(({ port: _port, ...session }) => ({
        ...session,
        isThis: session.id === sessionId,
      }));
    },
    isAlive: (sessionId) => sessions.has(sessionId),
  };
}

/** @param text of the first message. @returns null for anything but a sign-in */
export function readSignIn(text: string | null): SignIn | null {
  if (text === null) return null;
  try {
    return signInSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
