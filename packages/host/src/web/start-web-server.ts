/** Serves one host's UI and engine to browsers: HTTP for the page, a WebSocket for the Channel. */
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import { type AddressInfo, type Socket, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { SluiceError, stopDeadlines } from '@sluice/contract';
import type { Host } from '../host.ts';
import { settlesWithin } from '../settles-within.ts';
import { confineFolders } from './confine-folders.ts';
import { isFinishedFile } from './finished-file.ts';
import { type WebDeps, handleRequest } from './handle-request.ts';
import { removeOpenPages, writeOpenPage } from './open-page.ts';
import { RefusalLog } from './refusal-log.ts';
import { serveChannels } from './serve-channels.ts';
import { createSignInDesk } from './sign-in-desk.ts';
import { loadStaticFiles } from './static-files.ts';
import { Strangers } from './strangers.ts';
import { Tickets } from './tickets.ts';
import { forgetAddress, openWebFolder, saveAddress, signInLink } from './web-folder.ts';

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
}

export interface WebServer {
  /** Good for a browser that is signed in; holds no secret. */
  readonly url: string;
  readonly port: number;
  /** A link that signs in one browser, once, within a quarter of an hour. */
  newLink(): Promise<string>;
  /**
   * Has a browser opened on a private file that leads it here, so that its arguments tell other users nothing.
   * @param open is given the path of that file; false: there is no browser to open
   * @returns false when a link has to be shown: no page has answered within ten seconds. One that is slower is let in
   *   for a minute.
   */
  openPage(open: (path: string) => boolean): Promise<boolean>;
  /** Waits for no client: what is open is cut. */
  close(): Promise<void>;
}

/** Some browsers may not read the file (snap, Flatpak, Windows from WSL), and nothing tells of it. */
const pageDeadlineMs = 10_000;
const slowPageDeadlineMs = 60_000;
const { webServerMs: closeDeadlineMs } = stopDeadlines;

const timeouts = {
  /** For a whole request head, counted from the connection. */
  headersTimeout: 5000,
  /** For a whole request, body and all, though none is read. */
  requestTimeout: 10_000,
  connectionsCheckingInterval: 1000,
  keepAliveTimeout: 5000,
} as const;
/** A browser opens six for a page. */
const mostConnections = 64;
/** For the reader of an answer. */
const idleTimeoutMs = 10_000;

/**
 * @throws `port-in-use` with `port` in the facts; `request-invalid` for an address that may not or cannot be used;
 *   `file-missing` when there is no built UI; `file-access-denied` where its private folder cannot be
 */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const { host, address = '127.0.0.1', allowRemote = false } = options;
  if (!allowRemote && !isLoopback(address)) {
    throw new SluiceError('request-invalid', 'other machines could reach this address', { facts: { address } });
  }
  const files = await loadStaticFiles(options.uiFolder);
  const folder = await openWebFolder(host.dataFolder);
  const server = createServer({ maxHeaderSize: 32 * 1024, ...timeouts });
  const bound = await listen(server, options.port ?? 0, address).catch(async (error: unknown) => {
    // The program that listens there can be shown the keys of browsers that kept them for this port.
    const isTaken = error instanceof SluiceError && error.code === 'port-in-use';
    if (isTaken && options.port !== undefined) await folder.sessions.revokePort(options.port);
    throw error;
  });
  const { port } = bound;
  const url = `http://${reachableAddress(bound)}:${port}/`;
  const refusals = new RefusalLog(host.log);
  const strangers = new Strangers({ most: mostConnections, deadlineMs: null });
  const context: WebDeps = {
    api: confineFolders(host.api, host.downloadFolder),
    files,
    localUrl: `http://${localAddress(bound)}:${port}/`,
    rules: { port, remote: !isLoopback(address) },
    tickets: new Tickets(),
    refusals,
    strangers,
  };
  const waiting = new Map<string, () => void>();
  const desk = createSignInDesk({
    folder,
    port,
    files: context.tickets,
    isFinished: (id) => isFinishedFile(context.api, id),
    onTicket: (ticket) => waiting.get(ticket)?.(),
  });

  const connected = new Set<Socket>();
  server.setTimeout(idleTimeoutMs);
  server.on('connection', (socket) => {
    connected.add(socket);
    socket.once('close', () => connected.delete(socket));
    strangers.admit(socket);
  });
  server.on('request', (request, response) => {
    handleRequest(context, request, response).catch((error: unknown) => {
      // A reader may leave at any time.
      if (!response.destroyed) host.log.warn('a web request failed', { reason: String(error) });
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  const channels = serveChannels(server, context, desk);
  await removeOpenPages(folder.path);
  await saveAddress(folder, url);
  host.log.info('web server started', { address, port });

  async function close(): Promise<void> {
    const closed = once(server, 'close');
    server.close();
    channels.close();
    for (const socket of connected) socket.destroy();
    refusals.stop();
    for (const giveUp of waiting.values()) giveUp();
    await settlesWithin(Promise.all([closed, forgetAddress(folder), removeOpenPages(folder.path)]), closeDeadlineMs);
  }
  let closing: Promise<void> | null = null;

  return {
    url,
    port,
    newLink: async () => signInLink(url, await folder.tickets.issue()),
    async openPage(open) {
      const ticket = await folder.tickets.issue();
      const path = await writeOpenPage(folder.path, signInLink(context.localUrl, ticket));
      const { promise: answered, resolve } = Promise.withResolvers<void>();
      waiting.set(ticket, resolve);
      void settlesWithin(answered, slowPageDeadlineMs).then(async () => {
        waiting.delete(ticket);
        await folder.tickets.revoke(ticket);
        await rm(path, { force: true });
      });
      if (open(path)) return settlesWithin(answered, pageDeadlineMs);
      resolve();
      return false;
    },
    close: () => (closing ??= close()),
  };
}

/** For a browser on this machine. */
function localAddress({ address }: AddressInfo): string {
  if (address === '0.0.0.0') return '127.0.0.1';
  if (address === '::') return '[::1]';
  return isIPv6(address) ? `[${address}]` : address;
}

/** For people: "every address" is none that a browser can go to. */
function reachableAddress(bound: AddressInfo): string {
  const isAny = bound.address === '0.0.0.0' || bound.address === '::';
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const found = isAny ? own.find(({ family, internal }) => family === 'IPv4' && !internal) : undefined;
  return found?.address ?? localAddress(bound);
}

function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || /^127(?:\.\d{1,3}){3}$/.test(address);
}

async function listen(server: Server, port: number, address: string): Promise<AddressInfo> {
  try {
    server.listen(port, address);
    await once(server, 'listening');
  } catch (cause) {
    throw listenError(cause, port, address);
  }
  return server.address() as AddressInfo;
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
