/** Stops a download after a while, by time or by hand: `node stop-it.js URL FILE MILLISECONDS`. */
import { download, DownloadInterrupt, isNetworkError, resumePosition } from '@sluice/sluice';

const [url = '', file = '', afterMs = '1000'] = process.argv.slice(2);

const running = download(url, { file, timeoutMs: 60_000 });
process.once('SIGINT', () => running.cancel('Ctrl-C'));
setTimeout(() => running.cancel('long enough'), Number(afterMs)).unref();
try {
  console.log(`done: ${(await running).sizeBytes} bytes`);
} catch (error) {
  if (error instanceof DownloadInterrupt) console.log(`stopped (${String(error.cause)})`);
  else if (isNetworkError(error)) console.log('the network failed: try again later');
  else throw error;
  console.log(`${await resumePosition(file)} bytes are kept for the next time`);
}
