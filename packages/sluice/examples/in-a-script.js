/** Downloads while everything waits, as scripts like it: `node in-a-script.js URL FILE`. */
import { downloadSync } from '@sluice/sluice';

const [url = '', file = ''] = process.argv.slice(2);

const { text } = downloadSync(url);
console.log(text().length);
console.log(downloadSync(url, { file, overwrite: true }).path);
