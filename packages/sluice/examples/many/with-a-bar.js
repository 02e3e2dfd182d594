/** Fetches links into a folder, with one bar for all of them: `node with-a-bar.js FOLDER URL…`. */
import { swarm, terminalBar } from '@sluice/sluice';

const [home = '.', ...urls] = process.argv.slice(2);

const bundles = await swarm(urls, {
  downloadStrategy: { home },
  // Without `always` it draws in terminals alone.
  onProgress: terminalBar({ always: true }),
});
console.log(bundles.map(({ outcome }) => outcome).join(' '));
