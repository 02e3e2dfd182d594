/** Lets other programs of the same user talk to this host: a Channel on a socket that nobody else can open. */
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import { type EngineApi, channelFromWebSocket, serveEngine } from '@sluice/contract';
import type { Log } from '@sluice/engine';
import { WebSocketServer } from 'ws';
import { localEndpoint } from './local-endpoint.ts';

export interface LocalServer {
  close(): Promise<void>;
}

/**
 * Only for the host that holds the folder's lock: a socket file that is there was left by one that died.
 * A host that cannot be reached is still a host, so a failure is logged and no more.
 */
export async function serveLocally(dataFolder: string, api: EngineApi, log: Log): Promise<LocalServer> {
  const endpoint = localEndpoint(dataFolder);
  if (endpoint === null) return { close: async () => {} };
  const server = createServer((_request, response) => response.writeHead(426).end());
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  // The same failure comes out of listening, where it is told.
  sockets.on('error', () => {});
  sockets.on('connection', (socket) => void serveEngine(channelFromWebSocket(socket), api));
  try {
    await listen(server, endpoint);
  } catch (error) {
    log.warn('other programs cannot reach this host', { reason: String(error) });
  }
  return {
    async close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, endpoint: string): Promise<void> {
  const listening = once(server, 'listening');
  if (process.platform === 'win32') server.listen(endpoint);
  else {
    rmSync(endpoint, { force: true });
    // The socket is bound within the call, so it is private from its first moment, whoever may enter the folder.
    const previous = process.umask(0o177);
    try {
      server.listen(endpoint);
    } finally {
      process.umask(previous);
    }
  }
  await listening;
}
