/** Fetches the end of a file alone, such as the directory of an archive: `node end-of-a-file.js URL BYTES`. */
import { download } from '@sluice/sluice';

const [url = '', last = '16'] = process.argv.slice(2);

const { bytes } = await download(url, { range: { last: Number(last) } });
console.log(Buffer.from(bytes).toString('hex'));
