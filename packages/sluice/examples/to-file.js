/** Fetches a file with a progress line: `node to-file.js URL FILE`. Run it again after an interruption: it goes on. */
import { download, resumePosition } from '@sluice/sluice';

const [url = '', file = ''] = process.argv.slice(2);

const before = await resumePosition(file);
if (before > 0) console.log(`going on after ${before} bytes`);
const result = await download(url, {
  file,
  onProgress: ({ percent, receivedBytes, bytesPerSecond }) => {
    console.log(`${percent?.toFixed(0) ?? '?'} %  ${receivedBytes} bytes  ${Math.round(bytesPerSecond)} B/s`);
  },
});
console.log(`${result.path}: ${result.sizeBytes} bytes, of which ${result.resumedFromBytes} were there`);
