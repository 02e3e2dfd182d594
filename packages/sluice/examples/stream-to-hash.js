/** Pipes a resource through a hash without keeping it: `node stream-to-hash.js URL`. Memory stays flat, whatever its size. */
import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { download } from '@sluice/sluice';

const [url = ''] = process.argv.slice(2);

const hash = createHash('sha256');
const stream = await download(url, { stream: true });
await pipeline(stream, hash);
console.log(hash.digest('hex'));
