/** A process of its own that downloads one link by way of a cache, and says how it came to it. */
import { download } from '../../src/index.ts';

const [url = '', cache = ''] = process.argv.slice(2);
const { cacheUse, bytes } = await download(url, { cache });
process.stdout.write(`${cacheUse} ${bytes.length}\n`);
