/** Opens the page's Channel to the server it came from. */
import {
  type BrowserSession,
  type RemoteEngine,
  type SessionsAsk,
  type SignIn,
  type SignInAnswer,
  SluiceError,
  channelFromWebSocket,
  connectEngine,
} from '@sluice/contract';
import { forgetKey, readKey, saveKey } from './key-storage.ts';
import { readAnswer, signInSocket } from './sign-in-socket.ts';

export interface Connections {
  /** @throws `disconnected` when the server does not answer or does not let this browser in */
  connect(): Promise<RemoteEngine>;
  /** For the first paint: an engine at once, whose calls wait for the connection or learn that there is none. */
  connectNow(): RemoteEngine;
}

/**
 * @param ticket is shown once, on the first connection
 * @param onRefused the server knows neither the key nor the ticket: the person has to sign in
 */
export function createConnections(ticket: string | null, onRefused: () => void): Connections {
  let unused = ticket;

  function open(onOpen: () => void, onClose: () => void): RemoteEngine {
    const socket = openSocket();
    const message = withoutNull({ key: readKey(), ticket: unused });
    socket.addEventListener('open', () => {
      unused = null;
    });
    const signedIn = signInSocket(socket, {
      message,
      onSignedIn: ({ key }) => {
        if (key !== undefined) saveKey(key);
        onOpen();
      },
      onRefused: () => {
        // Another tab may have signed in meanwhile: its key stays.
        if (message.key !== undefined && readKey() === message.key) forgetKey();
        onRefused();
      },
    });
    socket.addEventListener('close', onClose);
    return connectEngine(channelFromWebSocket(signedIn));
  }

  return {
    connect() {
      const { promise, resolve, reject } = Promise.withResolvers<RemoteEngine>();
      const engine = open(
        () => resolve(engine),
        () => reject(new SluiceError('disconnected')),
      );
      return promise;
    },
    connectNow: () =>
      open(
        () => {},
        () => {},
      ),
  };
}

/**
 * Asks for a ticket with which the browser can fetch a finished file once.
 * @returns null when there is no such file any more
 * @throws `disconnected`
 */
export async function ticketForFile(id: string): Promise<string | null> {
  return (await askOnce('file-ticket', { file: id })).ticket;
}

/**
 * @returns the browsers that are signed in after what was asked
 * @throws `disconnected`
 */
export async function askSessions(sessions: SessionsAsk): Promise<readonly BrowserSession[]> {
  return (await askOnce('sessions', { sessions })).sessions;
}

/** One question, on a socket of its own: the Channel is the engine's. */
function askOnce<K extends SignInAnswer['kind']>(
  kind: K,
  question: Pick<SignIn, 'file' | 'sessions'>,
): Promise<Extract<SignInAnswer, { kind: K }>> {
  const socket = openSocket();
  const { promise, resolve, reject } = Promise.withResolvers<Extract<SignInAnswer, { kind: K }>>();
  const isAnswer = (answer: SignInAnswer): answer is Extract<SignInAnswer, { kind: K }> => answer.kind === kind;
  socket.addEventListener('open', () => {
    socket.send(JSON.stringify({ kind: 'sign-in', ...withoutNull({ key: readKey() }), ...question } satisfies SignIn));
  });
  socket.addEventListener('message', ({ data }) => {
    const answer = readAnswer(data);
    if (answer !== null && isAnswer(answer)) resolve(answer);
    socket.close();
  });
  socket.addEventListener('close', () => reject(new SluiceError('disconnected')));
  return promise;
}

function openSocket(): WebSocket {
  const url = new URL('/channel', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.hash = '';
  return new WebSocket(url);
}

function withoutNull<T extends Record<string, string | null>>(values: T): { [Name in keyof T]?: string } {
  const kept = Object.entries(values).filter(([, value]) => value !== null);
  // Only the entries that are null are gone.
  return Object.fromEntries(kept) as { [Name in keyof T]?: string };
}
