/** Fetches links into a folder, gently: `node many-links.js FOLDER URL…`. What is there already is left alone. */
import { lenient, swarm, writeEmptyFile } from '@sluice/sluice';

const [home = '.', ...urls] = process.argv.slice(2);

const bundles = await swarm(urls, {
  requestStrategy: lenient,
  downloadStrategy: { home, layout: { host: false }, onFailure: writeEmptyFile },
});
for (const { outcome, url, bytes, attempts, error } of bundles) {
  console.log(`${outcome}: ${url} (${bytes} bytes, ${attempts} tries)${error === null ? '' : ` ${error.message}`}`);
}
