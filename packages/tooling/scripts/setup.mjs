/** The command behind `npm run setup`: after it, everything the other commands need is installed. */
import { ensureInstalled } from './lib/install.mjs';
import { requireNode } from './lib/node-version.mjs';
import { repositoryRoot } from './lib/paths.mjs';
import { runScript, say } from './lib/say.mjs';

await runScript(async () => {
  requireNode(process.versions.node);
  await ensureInstalled(repositoryRoot, process.env);
  say('Ready. `npm start` runs Sluice, `npm test` tests it.');
  return 0;
});
