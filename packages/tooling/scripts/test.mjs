/**
 * The command behind `npm test [-- --only SUITE…]`: the checks, every package's tests, the builds and the journeys. Everything
 * runs, whatever fails on the way, and the last line adds it all up.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { totalCounts } from './lib/counts.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { requireNode } from './lib/node-version.mjs';
import { repositoryRoot } from './lib/paths.mjs';
import { PlainFailure, runScript, say } from './lib/say.mjs';
import { chooseSuites, listSuites } from './lib/suites.mjs';
import { failureLines, lastLine, notesOf, suiteLine } from './lib/summary.mjs';
import { ensureSystemPackages } from './lib/system-packages.mjs';

/** @typedef {import('./lib/suites.mjs').Suite} Suite */

/** @returns {readonly string[]} */
function wantedNames() {
  const { values, positionals } = readArguments();
  return [...(values.only ?? []), ...positionals].flatMap((names) => names.split(',')).filter((name) => name !== '');
}

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { only: { type: 'string', multiple: true } } });
  } catch (error) {
    throw new PlainFailure(
      `${error instanceof Error ? error.message : String(error)}\nUsage: npm test [-- --only SUITE]`,
    );
  }
}

/**
 * @param {Suite} suite
 * @param {string} reportFile
 */
async function runSuite(suite, reportFile) {
  const startMs = performance.now();
  if (process.stdout.isTTY) process.stdout.write(`…     ${suite.name}\r`);
  const { counts, output, skipped = [], failed = [] } = await suite.run(reportFile);
  say(suiteLine(suite.name, counts, performance.now() - startMs));
  if (counts.failed > 0) say(`\n${output.trimEnd()}\n`);
  else for (const note of notesOf(output)) say(`      ${note}`);
  for (const name of skipped) say(`      skipped: ${name}`);
  return { name: suite.name, counts, failed };
}

/** @param {readonly Suite[]} suites */
async function runAll(suites) {
  const reports = mkdtempSync(join(tmpdir(), 'sluice-test-'));
  try {
    const results = [];
    for (const suite of suites) results.push(await runSuite(suite, join(reports, `${suite.name}.json`)));
    const failing = results.filter(({ counts }) => counts.failed > 0);
    if (failing.length > 0) say(['', 'Failed:', ...failureLines(failing)].join('\n'));
    const total = totalCounts(results.map(({ counts }) => counts));
    say(lastLine(total));
    return total.failed === 0 ? 0 : 1;
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

await runScript(async () => {
  requireNode(process.versions.node);
  await ensureInstalled(repositoryRoot, process.env);
  const all = listSuites(repositoryRoot, process.env);
  const choice = chooseSuites(all, wantedNames());
  if (choice.kind === 'unknown') {
    throw new PlainFailure(
      `There is no suite called ${choice.names.join(', ')}. There are ${all.map((suite) => suite.name).join(', ')}.`,
    );
  }
  if (choice.suites.some((suite) => suite.needsSystem)) await ensureSystemPackages(repositoryRoot, process.env);
  return runAll(choice.suites);
});
