/** Fetches some bytes out of the middle: `node part-of-a-file.js URL START END`, END exclusive. */
import { download } from '@sluice/sluice';

const [url = '', start = '0', end = '16'] = process.argv.slice(2);

const part = await download(url, { range: { start: Number(start), end: Number(end) } });
console.log(Buffer.from(part.bytes).toString('hex'));
