/**
 * The command behind `npm start [-- URL…]`: the desktop app where an Electron and a display can be had, else the same window in
 * a browser. Links go along; its exit code is this one's.
 */
import { join } from 'node:path';
import { buildApp } from './lib/build.mjs';
import { runInPlace } from './lib/command.mjs';
import { findElectron } from './lib/electron.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { requireNode } from './lib/node-version.mjs';
import { pinnedNode, repositoryRoot } from './lib/paths.mjs';
import { PlainFailure, runScript, say } from './lib/say.mjs';

/** @param {string} folder */
async function build(folder) {
  const { built, passed, output } = await buildApp(repositoryRoot, folder);
  if (!passed)
    throw new PlainFailure(`${output.trimEnd()}\n\n${folder} could not be built; what the build said is above.`);
  if (built) say(`Built ${folder}.`);
}

/** @param {string[]} links */
async function start(links) {
  const electron = await findElectron(repositoryRoot, process.env);
  if (electron.kind === 'none') {
    say(`No desktop window: ${electron.reason}. Sluice opens in the browser instead.`);
    await build('apps/server');
    return runInPlace(pinnedNode(repositoryRoot), [join(repositoryRoot, 'apps/server/dist/main.js'), ...links], {
      cwd: repositoryRoot,
    });
  }
  if (electron.note !== null) say(electron.note);
  await build('apps/desktop');
  const { ELECTRON_RUN_AS_NODE: _asNode, ...env } = process.env;
  // The app's folder comes before any switch: the app takes what follows its folder for links.
  const options = [join(repositoryRoot, 'apps/desktop'), ...electron.switches, ...links];
  return runInPlace(electron.file, options, { cwd: repositoryRoot, env });
}

await runScript(async () => {
  requireNode(process.versions.node);
  await ensureInstalled(repositoryRoot, process.env);
  return start(process.argv.slice(2));
});
