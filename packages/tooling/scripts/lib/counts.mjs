/** Reads how many tests passed and failed out of what the runners report, and trusts no report that hides a failure. */
import { basename } from 'node:path';
import { asRecord } from './manifest.mjs';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * The counts of a run: a run that crashed, reported nothing or ran no test has at least one failure.
 *
 * @param {Counts | null} reported Null where there is no readable report.
 * @param {number} exitCode Of the runner.
 * @returns {Counts}
 */
export function settleCounts(reported, exitCode) {
  if (reported === null) return { passed: 0, failed: 1, skipped: 0 };
  const ranNothing = reported.passed + reported.failed === 0;
  const hidFailure = exitCode !== 0 && reported.failed === 0;
  return ranNothing || hidFailure ? { ...reported, failed: reported.failed + 1 } : reported;
}

/**
 * @param {unknown} report What vitest's json reporter writes.
 * @returns {Counts | null}
 */
export function vitestCounts(report) {
  const fields = asRecord(report);
  const files = fields['testResults'];
  if (!Array.isArray(files)) return null;
  const passed = count(fields['numPassedTests']);
  const failed = count(fields['numFailedTests']);
  const skipped = count(fields['numPendingTests']) + count(fields['numTodoTests']);
  // A file that could not even be loaded has no tests, so none of its tests failed.
  const brokenFiles = files.map(asRecord).filter((file) => file['status'] === 'failed' && !hasFailedTest(file)).length;
  return { passed, failed: failed + brokenFiles, skipped };
}

/** @param {Record<string, unknown>} file */
function hasFailedTest(file) {
  const tests = file['assertionResults'];
  return Array.isArray(tests) && tests.map(asRecord).some((test) => test['status'] === 'failed');
}

/**
 * @param {unknown} report What Playwright's json reporter writes.
 * @returns {Counts | null}
 */
export function playwrightCounts(report) {
  const fields = asRecord(report);
  const stats = asRecord(fields['stats']);
  if (typeof stats['expected'] !== 'number') return null;
  const errors = Array.isArray(fields['errors']) ? fields['errors'].length : 0;
  return {
    passed: count(stats['expected']),
    // A test that needed a second try is not one that passed; errors are those outside of any test.
    failed: count(stats['unexpected']) + count(stats['flaky']) + errors,
    skipped: count(stats['skipped']),
  };
}

/**
 * @param {unknown} report What `check.ts --json` writes.
 * @returns {Counts | null}
 */
export function checkCounts(report) {
  if (!Array.isArray(report)) return null;
  const passed = report.map(asRecord).filter((check) => check['passed'] === true).length;
  return { passed, failed: report.length - passed, skipped: 0 };
}

/**
 * @typedef {object} FailedTest
 * @property {string} name The full name, after the file's.
 * @property {string} reason What the runner says of it, with the place.
 */

/**
 * The full names of the tests that did not run. A skipped test says in its name what it needs.
 *
 * @param {unknown} report What vitest's or Playwright's json reporter writes.
 * @returns {string[]}
 */
export function skippedNames(report) {
  return testsOf(report, ['skipped', 'pending', 'todo']).map(({ name }) => name);
}

/**
 * @param {unknown} report What vitest's or Playwright's json reporter writes.
 * @returns {FailedTest[]}
 */
export function failedTests(report) {
  const tests = testsOf(report, ['failed', 'unexpected', 'flaky']).map(({ name, file, reason }) => ({
    name: `${file}: ${name}`,
    reason,
  }));
  const unloaded = listOf(asRecord(report)['testResults'])
    .filter((file) => file['status'] === 'failed' && !hasFailedTest(file))
    .map((file) => ({
      name: `${basename(String(file['name']))}: the file could not be loaded`,
      reason: textOf(file['message']),
    }));
  return [...tests, ...unloaded];
}

/**
 * @typedef {object} ReportedTest
 * @property {string} name
 * @property {string} file
 * @property {string} reason Empty for one that did not fail.
 */

/**
 * @param {unknown} report
 * @param {readonly string[]} statuses
 * @returns {ReportedTest[]}
 */
function testsOf(report, statuses) {
  const fields = asRecord(report);
  const ofVitest = listOf(fields['testResults']).flatMap((file) => {
    const tests = listOf(file['assertionResults']).filter(({ status }) => statuses.includes(String(status)));
    return tests.map(({ fullName, failureMessages }) => ({
      name: String(fullName),
      file: basename(String(file['name'])),
      reason: Array.isArray(failureMessages) ? failureMessages.join('\n') : '',
    }));
  });
  return [...ofVitest, ...listOf(fields['suites']).flatMap((suite) => testsOfSuite(suite, statuses))];
}

/**
 * @param {Record<string, unknown>} suite One of Playwright's; suites may hold suites.
 * @param {readonly string[]} statuses
 * @returns {ReportedTest[]}
 */
function testsOfSuite(suite, statuses) {
  const own = listOf(suite['specs']).flatMap(({ title, file, tests }) =>
    listOf(tests)
      .filter(({ status }) => statuses.includes(String(status)))
      .map(({ projectName, results }) => ({
        name: `${String(title)} (${String(projectName)})`,
        file: basename(String(file)),
        reason: listOf(results)
          .map(({ error }) => textOf(asRecord(error)['message']))
          .join('\n'),
      })),
  );
  return [...own, ...listOf(suite['suites']).flatMap((inner) => testsOfSuite(inner, statuses))];
}

/**
 * @param {unknown} value
 * @returns {string} Empty for anything that is not a text.
 */
function textOf(value) {
  return typeof value === 'string' ? value : '';
}

/**
 * @param {unknown} value
 * @returns {Record<string, unknown>[]} Empty for anything that is not a list.
 */
function listOf(value) {
  return Array.isArray(value) ? value.map(asRecord) : [];
}

/**
 * @param {readonly Counts[]} all
 * @returns {Counts}
 */
export function totalCounts(all) {
  return all.reduce(
    (total, each) => ({
      passed: total.passed + each.passed,
      failed: total.failed + each.failed,
      skipped: total.skipped + each.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/**
 * @param {unknown} value
 * @returns {number} Zero for anything that is not a count.
 */
function count(value) {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : 0;
}
