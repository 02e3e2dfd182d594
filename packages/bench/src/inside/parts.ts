/** Times inner parts of the engine by themselves. Word: a folder for files. Prints operations a second, CRC in GB/s. */
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { createNodeFiles } from '@sluice/engine';
import { createJournal, ExtentLedger, parseResponseHead } from '@sluice/engine/parts';

const [folder = ''] = process.argv.slice(2);
const mebibyte = 1024 * 1024;

/** Repeats `step` for about half a second after a warm-up. @returns calls a second */
async function rate(step: () => Promise<void> | void): Promise<number> {
  for (let index = 0; index < 50; index += 1) await step();
  const startedAtMs = performance.now();
  let calls = 0;
  while (performance.now() - startedAtMs < 500) {
    await step();
    calls += 1;
  }
  return (calls * 1000) / (performance.now() - startedAtMs);
}

const journal = await createJournal(createNodeFiles(), join(folder, 'parts.sluice-journal'), {
  url: 'http://127.0.0.1/a',
  fileName: 'a',
  createdAtMs: 0,
  partialIdentity: '1:1:1',
});
let block = 0;
const journalAppends = await rate(async () => {
  block = (block + 1) % 4096;
  await journal.recordExtents([{ start: block * mebibyte, end: (block + 1) * mebibyte, crc32: block }]);
});
await journal.delete();

const ledger = new ExtentLedger([]);
let turn = 0;
const ledgerSets = await rate(() => {
  for (let index = 0; index < 1000; index += 1) {
    // Sixteen writers, each at its own place.
    const start = ((turn % 16) * 256 + Math.floor(turn / 16)) * mebibyte;
    ledger.set({ start, end: start + mebibyte, crc32: turn });
    turn = (turn + 1) % 4096;
  }
  ledger.takeChanged();
  ledger.covered();
});

const head = [
  'HTTP/1.1 206 Partial Content',
  'Server: nginx/1.22.1',
  'Date: Sat, 21 Nov 2026 09:00:00 GMT',
  'Content-Type: application/octet-stream',
  'Content-Length: 1048576',
  'Last-Modified: Sat, 21 Nov 2026 08:00:00 GMT',
  'Connection: keep-alive',
  'ETag: "65a0c1f2-40000000"',
  'Content-Range: bytes 1048576-2097151/1073741824',
].join('\r\n');
const headsParsed = await rate(() => {
  for (let index = 0; index < 1000; index += 1) parseResponseHead(head);
});

const buffer = Buffer.alloc(mebibyte, 7);
const checksums = await rate(() => {
  crc32(buffer);
});

process.stdout.write(
  `${JSON.stringify({
    journalAppends,
    ledgerSets: ledgerSets * 1000,
    headsParsed: headsParsed * 1000,
    crcGigabytes: (checksums * mebibyte) / 1e9,
  })}\n`,
);
