import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createGate, startOrigin } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { download } from '../../src/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

function script(name: string): string {
  return join(import.meta.dirname, `${name}.ts`);
}

it('a process whose downloads are cancelled has nothing that keeps it', async () => {
  await using origin = await startOrigin();
  origin.serve('/file.bin', { seed: 71, sizeBytes: 5_000_000 });
  origin.script('/file.bin', { stall: { afterBytes: 1000, until: createGate() } });
  const folder = temporaryFolder();
  const child = spawn(process.execPath, [script('start-and-cancel'), origin.urlOf('/file.bin'), folder]);
  const said: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => said.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const ended = once(child, 'exit');
  await origin.waitFor(() => origin.bodyBytesSent >= 4000);
  child.stdin.write('now\n');
  expect(await ended).toEqual([0, null]);
  expect(said.join('')).toBe(
    'started\nDownloadInterrupt DownloadInterrupt DownloadInterrupt DownloadInterrupt false\n',
  );
  expect(readdirSync(folder)).toEqual([]);
});

describe('memory does not grow with the size', () => {
  // A process takes about 200 MB, of whatever size: chunks of 64 KiB to 1 MiB that wait for the collector.
  const sizeBytes = 1024 * 1024 * 1024;

  it.each(['file', 'stream', 'onChunk'])('in the form %s', async (form) => {
    await using origin = await startOrigin();
    origin.serve('/large.bin', { seed: 72, sizeBytes });
    const words = [script('peak-memory'), origin.urlOf('/large.bin'), form, join(temporaryFolder(), 'large.bin')];
    const { stdout } = await promisify(execFile)(process.execPath, words);
    const { count, peakBytes } = JSON.parse(stdout) as { readonly count: number; readonly peakBytes: number };
    expect(count).toBe(sizeBytes);
    expect(peakBytes).toBeLessThan(sizeBytes / 2);
  });
});

it.each(['upload', 'multipart'])('memory does not grow with what is sent in the form %s', async (form) => {
  const sizeBytes = 1024 * 1024 * 1024;
  const file = join(temporaryFolder(), 'sent.bin');
  writeFileSync(file, '');
  truncateSync(file, sizeBytes);
  let count = 0;
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => (count += chunk.length)).on('end', () => response.writeHead(204).end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const { stdout } = await promisify(execFile)(process.execPath, [script('peak-memory'), url, form, file]);
  const { peakBytes } = JSON.parse(stdout) as { readonly peakBytes: number };
  server.close();
  expect(count).toBeGreaterThanOrEqual(sizeBytes);
  expect(peakBytes).toBeLessThan(sizeBytes / 2);
});

it('a slow reader holds the server back', async () => {
  await using origin = await startOrigin();
  origin.serve('/large.bin', { seed: 73, sizeBytes: 1_000_000_000 });
  const stream = await download(origin.urlOf('/large.bin'), { stream: true });
  let readBytes = 0;
  for await (const chunk of stream) {
    readBytes += chunk.length;
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    // What is under way fits into the system's own buffers.
    expect(origin.bodyBytesSent - readBytes).toBeLessThan(32 * 1024 * 1024);
    if (readBytes > 2_000_000) break;
  }
  await origin.waitFor(() => origin.connections.open === 0);
});
