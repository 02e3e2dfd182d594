/** Hands each piece to a function, which sets the pace: `node each-chunk.js URL`. */
import { setTimeout } from 'node:timers/promises';
import { download } from '@sluice/sluice';

const [url = ''] = process.argv.slice(2);

let lines = 0;
const { sizeBytes } = await download(url, {
  onChunk: async (chunk) => {
    for (const byte of chunk) if (byte === 10) lines += 1;
    await setTimeout(1);
  },
});
console.log(`${lines} lines in ${sizeBytes} bytes`);
