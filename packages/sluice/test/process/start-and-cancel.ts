/** Starts downloads of all forms, cancels them, and has nothing more to do: the process is to end by itself. */
import { once } from 'node:events';
import { download, DownloadManager, isNetworkError } from '../../src/index.ts';

const [url = '', folder = ''] = process.argv.slice(2);

const manager = new DownloadManager(folder);
const handles = [manager.download(`${url}?a`, 'a'), manager.download(`${url}?b`, 'b')];
const signal = AbortSignal.any([]);
const others = [download(`${url}?c`, { signal, timeoutMs: 600_000 }), download(`${url}?d`, { onChunk: () => {} })];
process.stdout.write('started\n');
await once(process.stdin, 'data');
process.stdin.destroy();
manager.cancel();
for (const other of others) other.cancel();
const ends = await Promise.allSettled([...handles.map((handle) => handle.wait()), ...others]);
const names = ends.map((end) => (end.status === 'rejected' && end.reason instanceof Error ? end.reason.name : 'done'));
process.stdout.write(`${names.join(' ')} ${isNetworkError(undefined)}\n`);
