/** Saves a file and says what its bytes hash to: `node digests-of-a-file.js URL FILE`. */
import { download } from '@sluice/sluice';

const [url = '', file = ''] = process.argv.slice(2);

const { digests } = await download(url, { file, digests: ['sha256', 'md5'] });
for (const [algorithm, hex] of Object.entries(digests)) console.log(`${algorithm}  ${hex}`);
