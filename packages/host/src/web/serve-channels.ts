/** Turns WebSockets into Channels, for browsers that show a key or a ticket in their first message. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  type SignInAnswer,
  channelFromWebSocket,
  defaultMaxFrameLength,
  serveEngine,
  signInRefusedCode,
} from '@sluice/contract';
import { type WebSocket, WebSocketServer } from 'ws';
import { isAllowedHost, isAmbiguousHost, isSameOrigin } from './access.ts';
import type { WebDeps } from './handle-request.ts';
import { type SignInDesk, readSignIn } from './sign-in-desk.ts';
import { Strangers } from './strangers.ts';

/** Where the page's Channel connects. */
export const channelPath = '/channel';

const strangerLimits = { most: 16, deadlineMs: 5000 } as const;
/** A first message is a fraction of this; nothing longer is kept for a client that has shown no key. */
const mostStrangerBytes = 8192;
/** How soon a session that was revoked, by whichever program, has no connection left. */
const revocationCheckMs = 1000;

export interface Channels {
  close(): void;
}

export function serveChannels(server: Server, context: WebDeps, desk: SignInDesk): Channels {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: 4 * defaultMaxFrameLength,
    perMessageDeflate: false,
  });
  const strangers = new Strangers(strangerLimits);
  /** Each ends one connection of its session. */
  const endings = new Map<() => void, string>();

  function note(request: IncomingMessage, reason: string): void {
    const { host, origin } = request.headers;
    context.refusals.note({ reason, host, origin, address: request.socket.remoteAddress });
  }

  /** The peer owes an answer to a close, and may never give it. */
  function endWithin(webSocket: WebSocket, socket: Duplex, code: number): void {
    strangers.admit(socket);
    webSocket.close(code);
  }

  function serve(webSocket: WebSocket, socket: Duplex, sessionId: string): void {
    const engineServer = serveEngine(channelFromWebSocket(webSocket), context.api);
    const end = (): void => {
      endWithin(webSocket, socket, signInRefusedCode);
      // From now on nothing that still arrives is carried out.
      engineServer.close();
    };
    endings.set(end, sessionId);
    webSocket.once('close', () => endings.delete(end));
  }

  async function welcome(webSocket: WebSocket, request: IncomingMessage, text: string | null): Promise<void> {
    const { socket } = request;
    const message = readSignIn(text);
    const browser = request.headers['user-agent'] ?? '';
    const found =
      message === null ? null : await desk.signIn(message, { browser, address: socket.remoteAddress ?? '' });
    if (message === null || found === null) {
      note(request, 'a WebSocket showed neither a key nor a ticket');
      endWithin(webSocket, socket, signInRefusedCode);
      return;
    }
    if (message.file !== undefined) {
      tell(webSocket, { kind: 'file-ticket', ticket: await desk.ticketFor(message.file) });
      endWithin(webSocket, socket, 1000);
      return;
    }
    if (message.sessions !== undefined) {
      tell(webSocket, { kind: 'sessions', sessions: await desk.sessions(message.sessions, found.sessionId) });
      endWithin(webSocket, socket, 1000);
      return;
    }
    strangers.release(socket);
    tell(webSocket, { kind: 'signed-in', ...(found.key === null ? {} : { key: found.key }) });
    serve(webSocket, socket, found.sessionId);
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    context.strangers.release(socket);
    strangers.admit(socket);
    const status = refuseUpgrade(context, request);
    if (status !== null) {
      note(request, `a WebSocket was answered with ${status}`);
      // Not left to the client: one that keeps its side open would keep the descriptor.
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => webSocket.terminate());
      const unbind = boundBytes(socket);
      webSocket.once('message', (data: Buffer, isBinary) => {
        welcome(webSocket, request, isBinary ? null : data.toString()).then(unbind, () => webSocket.terminate());
      });
    });
  });

  const checking = setInterval(() => {
    for (const [end, sessionId] of endings) {
      void desk.isAlive(sessionId).then((isAlive) => {
        if (!isAlive) end();
      });
    }
  }, revocationCheckMs).unref();

  return {
    close() {
      clearInterval(checking);
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

/** Destroys a socket that sends more than a stranger has to say. @returns lets it say what it likes */
function boundBytes(socket: Duplex): () => void {
  let bytes = 0;
  const count = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes > mostStrangerBytes) socket.destroy();
  };
  socket.on('data', count);
  return () => socket.off('data', count);
}

function tell(webSocket: WebSocket, answer: SignInAnswer): void {
  webSocket.send(JSON.stringify(answer));
}

/** Browsers always say where a WebSocket's page comes from, and do not keep other pages from opening one. */
function refuseUpgrade({ rules }: WebDeps, request: IncomingMessage): string | null {
  const { host, origin } = request.headers;
  if (!isAllowedHost(host, rules) || isAmbiguousHost(host) || !isSameOrigin(origin, host)) return '403 Forbidden';
  return request.url === channelPath ? null : '404 Not Found';
}
