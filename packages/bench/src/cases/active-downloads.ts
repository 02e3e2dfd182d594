/** A thousand downloads at once: what showing their progress costs. */
import { mkdir } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { figure, runInside } from '../process/run-inside.ts';
import type { BenchCase } from './bench-case.ts';

const count = 1000;
const dripEveryMs = 200;
const dripBytes = 2000;

export const activeDownloadsCase: BenchCase = {
  name: 'active',
  title: '1 000 active downloads at 10 KB/s each, ten deltas a second',
  async run(context) {
    const folder = join(context.workFolder, 'active');
    await mkdir(folder, { recursive: true });
    await using server = await startDrippingServer();
    const seconds = context.options.quick ? 4 : 10;
    const figures = await runInside('active-downloads.ts', { words: [folder, server.url, `${count}`, `${seconds}`] });
    const watched = 100 * figure(figures, 'watched');
    const unwatched = 100 * figure(figures, 'unwatched');
    return {
      kind: 'facts',
      title: this.title,
      facts: [
        { name: 'CPU of one core, watched', text: `${watched.toFixed(1)} %` },
        { name: 'CPU of one core, with nobody watching', text: `${unwatched.toFixed(1)} %` },
        { name: 'deltas a second', text: (figure(figures, 'deltas') / seconds).toFixed(1) },
        { name: 'peak memory', text: `${(figure(figures, 'peakBytes') / 1e6).toFixed(0)} MB` },
      ],
      goals: [{ name: 'CPU for progress', value: Math.max(0, watched - unwatched), limit: 25, unit: '%' }],
    };
  },
};

/** Answers everything with a long body that comes a little at a time. */
async function startDrippingServer(): Promise<{ readonly url: string; [Symbol.asyncDispose](): Promise<void> }> {
  const open = new Set<ServerResponse>();
  const piece = Buffer.alloc(dripBytes, 1);
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-length': 1e9, etag: '"drip"', 'accept-ranges': 'bytes' });
    response.write(piece);
    open.add(response);
    response.on('close', () => open.delete(response));
  });
  const drip = setInterval(() => {
    for (const response of open) if (!response.writableNeedDrain) response.write(piece);
  }, dripEveryMs);
  server.listen(0, '127.0.0.1', 2048);
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      clearInterval(drip);
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
