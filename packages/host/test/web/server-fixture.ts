/** A web server over a fake engine, and raw requests to it, with headers that a browser would not let a test make. */
import { mkdir, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { join } from 'node:path';
import type { DownloadView } from '@sluice/contract';
import { type Log, silentLog } from '@sluice/engine';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { type WebServer, startWebServer } from '../../src/web/start-web-server.ts';
import { type FakeEngine, fakeEngine } from '../fake-engine.ts';
import { tempFolder } from '../temp-folder.ts';

export interface ServerFixture {
  readonly server: WebServer;
  readonly engine: FakeEngine;
  readonly folder: string;
  readonly uiFolder: string;
  readonly origin: string;
  readonly warnings: readonly Readonly<Record<string, unknown>>[];
}

export async function fakeHost(engine: FakeEngine = fakeEngine(), log: Log = silentLog) {
  const folder = await tempFolder();
  return {
    api: engine.api,
    dataFolder: folder,
    downloadFolder: folder,
    log,
    notices: [],
    secretStorage: 'plain' as const,
    close: async () => {},
  };
}

async function buildFakeUi(folder: string): Promise<string> {
  const uiFolder = join(folder, 'ui');
  await mkdir(join(uiFolder, 'assets'), { recursive: true });
  await writeFile(join(uiFolder, 'index.html'), '<!doctype html><title>Sluice</title>');
  await writeFile(join(uiFolder, 'assets', 'main-abc.js'), 'export {};');
  return uiFolder;
}

export async function serveFake(
  downloads: (folder: string) => readonly DownloadView[] = () => [],
): Promise<ServerFixture> {
  const folder = await tempFolder();
  const uiFolder = await buildFakeUi(folder);
  const engine = fakeEngine(downloads(folder));
  const warnings: Record<string, unknown>[] = [];
  const log: Log = { ...silentLog, warn: (message, fields) => warnings.push({ message, ...fields }) };
  const host = { ...(await fakeHost(engine, log)), dataFolder: folder, downloadFolder: folder };
  const server = await startWebServer({ host, uiFolder });
  onTestFinished(() => server.close());
  return { server, engine, folder, uiFolder, origin: `http://127.0.0.1:${server.port}`, warnings };
}

/** The one-time ticket in a link. */
export function ticketOf(link: string): string {
  return new URL(link).hash.replace('#ticket=', '');
}

/** A WebSocket of the page's own origin unless the headers say otherwise. */
export function openSocket(port: number, path = '/channel', headers: Record<string, string> = {}): WebSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, {
    headers: { origin: `http://127.0.0.1:${port}`, ...headers },
  });
  onTestFinished(() => socket.terminate());
  return socket;
}

export type SocketEnd =
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'answered'; readonly message: unknown; readonly socket: WebSocket }
  | { readonly kind: 'closed'; readonly code: number };

/** What comes of a socket whose first message this is: the first thing that the server does about it. */
export function showFirst(socket: WebSocket, message: unknown): Promise<SocketEnd> {
  const { promise, resolve } = Promise.withResolvers<SocketEnd>();
  socket.once('error', (error: Error) => resolve({ kind: 'refused', reason: error.message }));
  socket.once('message', (data: Buffer) =>
    resolve({ kind: 'answered', message: JSON.parse(data.toString()) as unknown, socket }),
  );
  socket.once('close', (code) => resolve({ kind: 'closed', code }));
  socket.once('open', () => {
    if (message instanceof Buffer || typeof message === 'string') socket.send(message);
    else if (message !== undefined) socket.send(JSON.stringify(message));
  });
  return promise;
}

/** Signs in as a new browser does. @returns its key, and the socket that is now a Channel */
export async function signIn(server: WebServer): Promise<{ readonly key: string; readonly socket: WebSocket }> {
  const ticket = ticketOf(await server.newLink());
  const socket = openSocket(server.port);
  const end = await showFirst(socket, { kind: 'sign-in', ticket });
  if (end.kind !== 'answered') throw new Error(`no answer but ${end.kind}`);
  return { key: (end.message as { readonly key: string }).key, socket };
}

/** As the page asks for one. */
export async function fileTicket(server: WebServer, key: string, file: string): Promise<string | null> {
  const end = await showFirst(openSocket(server.port), { kind: 'sign-in', key, file });
  if (end.kind !== 'answered') throw new Error(`no answer but ${end.kind}`);
  return (end.message as { readonly ticket: string | null }).ticket;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends exactly this path and these headers; nothing is normalised on the way. */
export function ask(
  port: number,
  path: string,
  options: { method?: string; headers?: Record<string, string> } = {},
): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  const sent = request({ host: '127.0.0.1', port, path, agent: false, ...options }, (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('error', reject);
    response.on('end', () =>
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() }),
    );
  });
  sent.on('error', reject);
  sent.end();
  return promise;
}
