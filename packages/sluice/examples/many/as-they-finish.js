/** Fetches books of one's own kind, and takes each as it is done: `node as-they-finish.js FOLDER TITLE=URL…`. */
import { each } from '@sluice/sluice';

const [home = '.', ...words] = process.argv.slice(2);
const books = words.map((word) => {
  const at = word.indexOf('=');
  return { title: word.slice(0, at), url: word.slice(at + 1) };
});

const bundles = each(books, {
  urlOf: ({ title, url }) => ({ request: url, path: `${title}.txt` }),
  requestStrategy: { concurrency: 2, maxAttempts: 3, waitMs: ({ attempt }) => attempt * 100 },
  downloadStrategy: { home },
});
for await (const { item, outcome, path } of bundles) console.log(`${item.title}: ${outcome} (${path})`);
