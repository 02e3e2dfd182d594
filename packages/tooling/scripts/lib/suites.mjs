/** The suites of `npm test`: which there are, in which order, and how each is run and counted. */
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { buildApp, buildableApps } from './build.mjs';
import { capture } from './command.mjs';
import { checkCounts, failedTests, playwrightCounts, settleCounts, skippedNames, vitestCounts } from './counts.mjs';
import { readMemory } from './fingerprint.mjs';
import { readManifest } from './manifest.mjs';
import { packageFolders, pinnedNode } from './paths.mjs';

/**
 * @typedef {object} SuiteResult
 * @property {import('./counts.mjs').Counts} counts
 * @property {string} output
 * @property {readonly string[]} [skipped] The full names of the tests that did not run.
 * @property {readonly import('./counts.mjs').FailedTest[]} [failed]
 */

/**
 * @typedef {object} Suite
 * @property {string} name As given to `--only`.
 * @property {boolean} needsBuilds Whether it runs built apps.
 * @property {boolean} needsSystem Whether it may drive programs of the system.
 * @property {(reportFile: string) => Promise<SuiteResult>} run
 */

/** Far beyond what a suite takes on a quiet machine: others may load the two cores that CI has. */
const suiteTimeoutMs = 45 * 60 * 1000;

/**
 * Every suite, the cheap ones first: the checks, the packages' tests, the builds and the apps' tests, the journeys.
 *
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {Suite[]}
 */
export function listSuites(root, env) {
  const tested = packageFolders(root).filter((folder) => readManifest(root, folder).scripts['test'] !== undefined);
  const ofLibraries = tested.filter((folder) => folder.startsWith('packages/'));
  const rest = tested.filter((folder) => !folder.startsWith('packages/'));
  return [
    checkSuite(root, env),
    ...ofLibraries.map((folder) => packageSuite(root, folder, env)),
    buildSuite(root),
    ...rest.map((folder) => packageSuite(root, folder, env)),
  ];
}

/**
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {Suite}
 */
function checkSuite(root, env) {
  return {
    name: 'check',
    needsBuilds: false,
    needsSystem: false,
    async run(reportFile) {
      const options = [join(root, 'packages/tooling/src/check.ts'), '--json', reportFile];
      const { exitCode, output } = await capture(pinnedNode(root), options, {
        cwd: root,
        env,
        timeoutMs: suiteTimeoutMs,
      });
      return { counts: settleCounts(checkCounts(readMemory(reportFile)), exitCode), output };
    },
  };
}

/**
 * Each app's build counts as one.
 *
 * @param {string} root
 * @returns {Suite}
 */
function buildSuite(root) {
  return {
    name: 'build',
    needsBuilds: false,
    needsSystem: false,
    async run() {
      const outputs = [];
      let passed = 0;
      const apps = buildableApps(root);
      for (const app of apps) {
        const result = await buildApp(root, app);
        if (result.passed) passed += 1;
        else outputs.push(`${app}:\n${result.output.trimEnd()}`);
      }
      const counts = settleCounts({ passed, failed: apps.length - passed, skipped: 0 }, 0);
      return { counts, output: outputs.join('\n\n') };
    },
  };
}

/**
 * @param {string} root
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 * @returns {Suite}
 */
function packageSuite(root, folder, env) {
  const isJourneys = folder === 'e2e';
  return {
    name: folder.split('/').at(-1) ?? folder,
    needsBuilds: !folder.startsWith('packages/'),
    needsSystem: true,
    async run(reportFile) {
      const options = isJourneys
        ? ['--reporter=line,json']
        : ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
      const { exitCode, output, timedOut } = await capture(pinnedNode(root), ['--run', 'test', '--', ...options], {
        cwd: join(root, folder),
        env: isJourneys ? { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile, SLUICE_E2E_BUILT: '1' } : env,
        timeoutMs: suiteTimeoutMs,
      });
      const report = readMemory(reportFile);
      const counts = settleCounts(isJourneys ? playwrightCounts(report) : vitestCounts(report), exitCode);
      const minutes = suiteTimeoutMs / 60_000;
      const said = isJourneys ? withoutTitles(output) : withoutPassed(output);
      return {
        counts,
        output: timedOut ? `${said}\nStopped: it had not ended after ${minutes} minutes.` : said,
        skipped: skippedNames(report),
        failed: failedTests(report),
      };
    },
  };
}

/**
 * Playwright's line reporter writes a line as each test starts; only what it says besides is worth reading afterwards.
 *
 * @param {string} output
 */
export function withoutTitles(output) {
  return stripVTControlCharacters(output)
    .split(/\r?\n/u)
    .filter((line) => !/^\[\d+\/\d+\] /u.test(line))
    .join('\n');
}

/**
 * Vitest's default reporter lists every test of a file that has a slow or a failed one; what passed is not worth reading
 * beside what failed.
 *
 * @param {string} output
 */
export function withoutPassed(output) {
  return stripVTControlCharacters(output)
    .split(/\r?\n/u)
    .filter((line) => !/^\s*(?:✓|↓|↳ Retry)/u.test(line))
    .join('\n');
}

/**
 * The suites that `--only` names (all of them for none), and the builds that they need.
 *
 * @param {readonly Suite[]} suites
 * @param {readonly string[]} wanted Names such as `engine`, `@sluice/engine` or `packages/engine`.
 * @returns {{ kind: 'chosen', suites: readonly Suite[] } | { kind: 'unknown', names: readonly string[] }}
 */
export function chooseSuites(suites, wanted) {
  if (wanted.length === 0) return { kind: 'chosen', suites };
  const names = wanted.map((name) => name.split('/').at(-1) ?? name);
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) return { kind: 'unknown', names: unknown };
  const named = suites.filter((suite) => names.includes(suite.name));
  const needsBuilds = named.some((suite) => suite.needsBuilds);
  return {
    kind: 'chosen',
    suites: suites.filter((suite) => named.includes(suite) || (needsBuilds && suite.name === 'build')),
  };
}
