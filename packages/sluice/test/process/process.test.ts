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

const mebibyte = 1024 * 1024;
/** So much that what a process needs for any download is taken: chunks that wait for the collector. */
const smallBytes = 64 * mebibyte;
const largeBytes = 320 * mebibyte;
/** A process that kept what passes through would need 256 MiB more for the large one. */
const mostGrowthBytes = 128 * mebibyte;

interface Peak {
  readonly count: number;
  readonly peakBytes: number;
}

/** What a process of its own needs at most for one download or upload. */
async function peakOf(url: string, form: string, file: string): Promise<Peak> {
  const { stdout } = await promisify(execFile)(process.execPath, [script('peak-memory'), url, form, file]);
  return JSON.parse(stdout) as Peak;
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
  it.each(['file', 'stream', 'onChunk'])('in the form %s', async (form) => {
    await using origin = await startOrigin();
    origin.serve('/small.bin', { seed: 72, sizeBytes: smallBytes });
    origin.serve('/large.bin', { seed: 72, sizeBytes: largeBytes });
    const file = join(temporaryFolder(), 'received.bin');
    const small = await peakOf(origin.urlOf('/small.bin'), form, `${file}.small`);
    const large = await peakOf(origin.urlOf('/large.bin'), form, file);
    expect([small.count, large.count]).toEqual([smallBytes, largeBytes]);
    expect(large.peakBytes - small.peakBytes).toBeLessThan(mostGrowthBytes);
  });
});

it.each(['upload', 'multipart'])('memory does not grow with what is sent in the form %s', async (form) => {
  let count = 0;
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => (count += chunk.length)).on('end', () => response.writeHead(204).end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const peakOfSending = async (sizeBytes: number): Promise<number> => {
    const file = join(temporaryFolder(), 'sent.bin');
    writeFileSync(file, '');
    truncateSync(file, sizeBytes);
    return (await peakOf(url, form, file)).peakBytes;
  };
  const small = await peakOfSending(smallBytes);
  const large = await peakOfSending(largeBytes);
  server.close();
  expect(count).toBeGreaterThanOrEqual(smallBytes + largeBytes);
  expect(large - small).toBeLessThan(mostGrowthBytes);
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
