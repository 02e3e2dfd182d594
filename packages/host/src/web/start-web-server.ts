/** Serves one host's UI and engine to browsers: HTTP for the page, a WebSocket for the Channel. */
import { once } from 'node:events';
import { type IncomingMessage, type Server, createServer } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import type { Duplex } from 'node:stream';
import { SluiceError, channelFromWebSocket, defaultMaxFrameLength, serveEngine } from '@sluice/contract';
import { WebSocketServer } from 'ws';
import type { Host } from '../host.ts';
import { isAllowedHost, isSameOrigin } from './access.ts';
import { confineFolders } from './confine-folders.ts';
import { type WebContext, handleRequest, hasSession } from './handle-request.ts';
import { loadStaticFiles } from './static-files.ts';
import { Tickets } from './tickets.ts';
import { loadToken } from './token.ts';

export interface WebServerOptions {
  readonly host: Host;
  /** Holds the built UI: index.html and what it names. */
  readonly uiFolder: string;
  /** Default 0: a free one. */
  readonly port?: number;
  /** An address of this machine. Default 127.0.0.1. */
  readonly address?: string;
  /** Without this, an address that other machines can reach is refused. */
  readonly allowRemote?: boolean;
  /** At least 128 bits. Default: the one kept in the data folder. */
  readonly token?: string;
}

export interface WebServer {
  /** With the token: whoever opens it is let in. */
  readonly url: string;
  readonly port: number;
  /** A link for a browser that this process starts: good once and soon, so that seeing its arguments is of no use. */
  ticketUrl(): string;
  close(): Promise<void>;
}

/** Where the page's Channel connects. */
export const channelPath = '/channel';

/**
 * @throws `port-in-use` with `port` in the facts; `request-invalid` for an address that may not or cannot be used;
 *   `file-missing` when there is no built UI
 */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const { host, address = '127.0.0.1', allowRemote = false } = options;
  if (!allowRemote && !isLoopback(address)) {
    throw new SluiceError('request-invalid', 'other machines could reach this address', { facts: { address } });
  }
  const token = options.token ?? (await loadToken(host.dataFolder));
  const files = await loadStaticFiles(options.uiFolder);
  const server = createServer({ maxHeaderSize: 32 * 1024 });
  const port = await listen(server, options.port ?? 0, address);
  const api = confineFolders(host.api, host.downloadFolder);
  const context: WebContext = {
    api,
    files,
    token,
    tickets: new Tickets(),
    rules: { port, remote: !isLoopback(address) },
  };

  server.on('request', (request, response) => {
    handleRequest(context, request, response).catch((error: unknown) => {
      host.log.warn('a web request failed', { reason: String(error) });
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  const channels = serveChannels(server, context, host);
  host.log.info('web server started', { address, port });

  const base = `http://${isIPv6(address) ? `[${address}]` : address}:${port}/`;
  return {
    url: `${base}?token=${token}`,
    port,
    ticketUrl: () => `${base}?ticket=${context.tickets.issue()}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      channels.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function serveChannels(server: Server, context: WebContext, host: Host): { close(): void } {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: 4 * defaultMaxFrameLength,
    perMessageDeflate: false,
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const status = refuseUpgrade(context, request);
    if (status !== null) {
      host.log.warn('a WebSocket was refused', { status, origin: request.headers.origin, host: request.headers.host });
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      serveEngine(channelFromWebSocket(webSocket), context.api);
    });
  });
  return {
    close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

/** Browsers always say where a WebSocket's page comes from, and do not keep other pages from opening one. */
function refuseUpgrade(context: WebContext, request: IncomingMessage): string | null {
  const { host, origin } = request.headers;
  if (!isAllowedHost(host, context.rules) || !isSameOrigin(origin, host)) return '403 Forbidden';
  if (!hasSession(context, request)) return '401 Unauthorized';
  return request.url === channelPath ? null : '404 Not Found';
}

function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || /^127(?:\.\d{1,3}){3}$/.test(address);
}

async function listen(server: Server, port: number, address: string): Promise<number> {
  try {
    server.listen(port, address);
    await once(server, 'listening');
  } catch (cause) {
    throw listenError(cause, port, address);
  }
  const bound = server.address() as AddressInfo;
  return bound.port;
}

function listenError(cause: unknown, port: number, address: string): SluiceError {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return new SluiceError('port-in-use', 'something listens there', { facts: { port, address }, cause });
  return new SluiceError('request-invalid', `cannot listen: ${code ?? String(cause)}`, {
    facts: { port, address },
    cause,
  });
}
