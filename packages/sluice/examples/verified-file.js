/** Fetches a file that must have a checksum: `node verified-file.js URL FILE SHA256`. */
import { download, SluiceError } from '@sluice/sluice';

const [url = '', file = '', sha256 = ''] = process.argv.slice(2);

try {
  const { verifiedBy } = await download(url, { file, checksum: `sha256=${sha256}`, keepPartial: false });
  console.log(`${file} is what it should be (${verifiedBy})`);
} catch (error) {
  if (!(error instanceof SluiceError) || error.code !== 'checksum-mismatch') throw error;
  console.log(`not the right bytes: ${error.facts['actual']} came`);
  process.exitCode = 1;
}
