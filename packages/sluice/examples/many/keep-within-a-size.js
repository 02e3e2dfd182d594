/** Keeps a folder of downloads within a size: `node keep-within-a-size.js FOLDER BYTES URL…`. */
import { DownloadManager, PersistLimit } from '@sluice/sluice';

const [folder = '', bytes = '0', ...urls] = process.argv.slice(2);

const limit = new PersistLimit({ sizeBytes: Number(bytes), minFiles: 1 });
// What earlier runs have left counts too; everything else in the folder is safe.
await limit.registerFolder(folder, '*.zip');
await using manager = new DownloadManager(folder, { limit });
for (const url of urls) await manager.download(url).wait();
console.log(limit.files.length, 'files stay');
