/** Fetches a small resource into memory and shows what came: `node to-memory.js URL`. */
import { download } from '@sluice/sluice';

const [url = ''] = process.argv.slice(2);

const result = await download(url);
console.log(`${result.status} ${result.headers['content-type']}: ${result.sizeBytes} bytes from ${result.finalUrl}`);
console.log(result.text().slice(0, 200));
