/** Keeps a folder of files, three at a time, each fetched once: `node folder-of-downloads.js FOLDER URL…`. */
import { DownloadManager } from '@sluice/sluice';

const [folder = '', ...urls] = process.argv.slice(2);

await using manager = new DownloadManager(folder, {
  concurrency: 3,
  onFinished: ({ url, error }) => console.log(`${error === null ? 'done' : 'failed'}: ${url}`),
});
for (const url of urls) {
  const one = manager.download(url);
  if (one.kind === 'present') console.log(`there: ${one.destination}`);
}
await manager.wait({ raise: false });
