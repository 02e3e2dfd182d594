/** Drives the server host: the built program as a process, its page in Chromium. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import type { HostDriver } from './host-driver.ts';
import { type ServerProcess, spawnServer } from './server-process.ts';

/** @param browser shared by the journeys of a worker; each gets a context of its own */
export async function driveServer(browser: Browser, contextOptions: BrowserContextOptions = {}): Promise<HostDriver> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-e2e-server-'));
  const downloadFolder = join(folder, 'in');
  const context = await browser.newContext(contextOptions);
  let server: ServerProcess | null = null;
  let page: Page | null = null;
  let output = '';
  // The same after a restart, as it is for a person, so that an open page finds its host again.
  let port = '0';

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    const code = (await server?.end(signal)) ?? null;
    output += server?.output() ?? '';
    server = null;
    return code;
  }

  async function spawn(urls: readonly string[]): Promise<string> {
    server = await spawnServer(['--port', port, '--data', join(folder, 'data'), '--folder', downloadFolder, ...urls]);
    port = new URL(server.url).port;
    return server.url;
  }

  return {
    kind: 'server',
    downloadFolder,
    desktop: null,
    async start(urls = []) {
      const url = await spawn(urls);
      page ??= await context.newPage();
      await page.goto(url);
      return page;
    },
    async restart() {
      await spawn([]);
    },
    async kill() {
      await end('SIGKILL');
    },
    stop: () => end('SIGINT'),
    output: () => output + (server?.output() ?? ''),
    async dispose() {
      await context.close();
      await end('SIGKILL');
      await rm(folder, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}
