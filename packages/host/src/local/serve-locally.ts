/** Lets other programs of the same user talk to this host: a Channel on a socket that only this user can open. */
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { type IncomingMessage, type Server, createServer } from 'node:http';
import { type EngineApi, channelFromWebSocket, serveEngine } from '@sluice/contract';
import type { Log } from '@sluice/engine';
import { WebSocketServer } from 'ws';
import { nonceField, proofField } from './connect-to-running-host.ts';
import {
  type EndpointOptions,
  type LocalEndpoint,
  isProof,
  newEndpoint,
  proofOf,
  publishEndpoint,
  withdrawEndpoint,
} from './local-endpoint.ts';

export interface LocalServerOptions extends EndpointOptions {
  readonly log: Log;
}

export interface LocalServer {
  close(): Promise<void>;
}

/**
 * Only for the host that holds the folder's lock: a socket file that is there was left by one that died.
 * A host that cannot be reached is still a host, so a failure is logged and no more.
 */
export async function serveLocally(
  dataFolder: string,
  api: EngineApi,
  options: LocalServerOptions,
): Promise<LocalServer> {
  const endpoint = newEndpoint(dataFolder, options);
  if (endpoint === null) return { close: async () => {} };
  const server = createServer((_request, response) => response.writeHead(426).end());
  const sockets = new WebSocketServer({
    server,
    perMessageDeflate: false,
    verifyClient: ({ req }: { readonly req: IncomingMessage }) => isClient(endpoint, req),
  });
  sockets.on('headers', (lines, request) => {
    const nonce = request.headers[nonceField];
    if (endpoint.secret !== null) lines.push(`${proofField}: ${proofOf(endpoint.secret, 'host', String(nonce))}`);
  });
  // The same failure comes out of listening, where it is told.
  sockets.on('error', () => {});
  sockets.on('connection', (socket) => void serveEngine(channelFromWebSocket(socket), api));
  try {
    await listen(server, endpoint);
    await publishEndpoint(dataFolder, endpoint);
  } catch (error) {
    options.log.warn('other programs cannot reach this host', { reason: String(error) });
  }
  return {
    async close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      withdrawEndpoint(dataFolder, endpoint);
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Others of the machine may open a pipe that they can name. */
function isClient({ secret }: LocalEndpoint, { headers }: IncomingMessage): boolean {
  const nonce = headers[nonceField];
  return secret === null || isProof(headers[proofField], proofOf(secret, 'client', String(nonce)));
}

async function listen(server: Server, { path, secret }: LocalEndpoint): Promise<void> {
  const listening = once(server, 'listening');
  if (secret !== null) server.listen(path);
  else {
    rmSync(path, { force: true });
    // The socket is bound within the call, so it is private from its first moment, whatever the rights of the folder.
    const previous = process.umask(0o177);
    try {
      server.listen(path);
    } finally {
      process.umask(previous);
    }
  }
  await listening;
}
