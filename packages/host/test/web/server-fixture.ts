/** A web server over a fake engine, and requests a browser would not let a test make. */
import { mkdir, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { join } from 'node:path';
import type { DownloadView } from '@sluice/contract';
import { silentLog } from '@sluice/engine';
import { onTestFinished } from 'vitest';
import { type WebServer, startWebServer } from '../../src/web/start-web-server.ts';
import { type FakeEngine, fakeEngine } from '../fake-engine.ts';
import { tempFolder } from '../temp-folder.ts';

export const token = 'a-token-of-more-than-128-bits-for-tests-only';

export interface ServerFixture {
  readonly server: WebServer;
  readonly engine: FakeEngine;
  readonly folder: string;
  readonly uiFolder: string;
  readonly cookie: string;
  readonly origin: string;
}

export async function serveFake(
  downloads: (folder: string) => readonly DownloadView[] = () => [],
): Promise<ServerFixture> {
  const folder = await tempFolder();
  const uiFolder = join(folder, 'ui');
  await mkdir(join(uiFolder, 'assets'), { recursive: true });
  await writeFile(join(uiFolder, 'index.html'), '<!doctype html><title>Sluice</title>');
  await writeFile(join(uiFolder, 'assets', 'main-abc.js'), 'export {};');
  const engine = fakeEngine(downloads(folder));
  const host = {
    api: engine.api,
    dataFolder: folder,
    downloadFolder: folder,
    log: silentLog,
    notices: [],
    close: async () => {},
  };
  const server = await startWebServer({ host, uiFolder, token });
  onTestFinished(() => server.close());
  return {
    server,
    engine,
    folder,
    uiFolder,
    cookie: `sluice-${server.port}=${token}`,
    origin: `http://127.0.0.1:${server.port}`,
  };
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
