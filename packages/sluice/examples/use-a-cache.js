/** Asks for the same thing again and again: `node use-a-cache.js FOLDER URL`. Needs the package better-sqlite3. */
import { Cache, download } from '@sluice/sluice';

const [folder = '', url = ''] = process.argv.slice(2);

for (let time = 1; time <= 2; time += 1) {
  const { text, cacheUse } = await download(url, { cache: folder });
  console.log(`${cacheUse}: ${text()}`);
}
const { path } = await download(url, { cache: { folder, freshness: 'forever' }, dest: true });
console.log(`it is in ${path}`);

using cache = await Cache.open(folder);
for (const { sizeBytes, responseHeaders } of cache.list()) console.log(sizeBytes, responseHeaders['cache-control']);
for (const { state } of await cache.verify()) console.log(state);
cache.prune({ maxBytes: 1024 ** 3 });
