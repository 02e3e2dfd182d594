/** Takes a large resource in one form and says how much memory that took at most, in bytes. */
import { download } from '../../src/index.ts';

const [url = '', form = '', file = ''] = process.argv.slice(2);

let count = 0;
if (form === 'file') count = (await download(url, { file })).sizeBytes;
if (form === 'stream') for await (const chunk of await download(url, { stream: true })) count += chunk.length;
if (form === 'onChunk') {
  const { sizeBytes } = await download(url, { onChunk: (chunk) => (count += chunk.length) });
  if (sizeBytes !== count) throw new Error('counted wrongly');
}
const body = { path: file };
if (form === 'upload') count = (await download({ url, method: 'PUT', body })).sizeBytes;
if (form === 'multipart') count = (await download({ url, multipart: { file: body, title: 'x' } })).sizeBytes;
process.stdout.write(JSON.stringify({ count, peakBytes: process.resourceUsage().maxRSS * 1024 }));
