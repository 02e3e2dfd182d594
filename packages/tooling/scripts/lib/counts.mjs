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
 * The full names of the tests that did not run. A skipped test says in its name what it needs.
 *
 * @param {unknown} report What vitest's or Playwright's json reporter writes.
 * @returns {string[]}
 */
export function skippedNames(report) {
  return namesOf(report, ['skipped', 'pending', 'todo']);
}

/**
 * The full names of the tests that failed, each after its file. A log that was cut in the middle still ends with them.
 *
 * @param {unknown} report What vitest's or Playwright's json reporter writes.
 * @returns {string[]}
 */
export function failedNames(report) {
  const unloaded = listOf(asRecord(report)['testResults'])
    .filter((file) => file['status'] === 'failed' && !hasFailedTest(file))
    .map((file) => `${basename(String(file['name']))}: the file could not be loaded`);
  return [...namesOf(report, ['failed', 'unexpected', 'flaky'], { withFile: true }), ...unloaded];
}

/**
 * @param {unknown} report
 * @param {readonly string[]} statuses
 * @param {{ withFile?: boolean }} [options]
 * @returns {string[]}
 */
function namesOf(report, statuses, { withFile = false } = {}) {
  const fields = asRecord(report);
  const ofVitest = listOf(fields['testResults']).flatMap((file) => {
    const tests = listOf(file['assertionResults']).filter(({ status }) => statuses.includes(String(status)));
    const prefix = withFile ? `${basename(String(file['name']))}: ` : '';
    return tests.map(({ fullName }) => `${prefix}${String(fullName)}`);
  });
  return [...ofVitest, ...listOf(fields['suites']).flatMap((suite) => specNames(suite, statuses))];
}

/**
 * @param {Record<string, unknown>} suite One of Playwright's; suites may hold suites.
 * @param {readonly string[]} statuses
 * @returns {string[]}
 */
function specNames(suite, statuses) {
  const own = listOf(suite['specs'])
    .filter(({ tests }) => listOf(tests).some(({ status }) => statuses.includes(String(status))))
    .map(({ title }) => String(title));
  return [...own, ...listOf(suite['suites']).flatMap((inner) => specNames(inner, statuses))];
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
