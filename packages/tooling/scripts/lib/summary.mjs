/** What `npm test` prints: a line for each suite, the failing output in full, and the one line at the end. */
import { stripVTControlCharacters } from 'node:util';

/** @typedef {import('./counts.mjs').Counts} Counts */

/**
 * @param {string} name
 * @param {Counts} counts
 * @param {number} durationMs
 */
export function suiteLine(name, counts, durationMs) {
  const parts = [`${counts.passed} passed`];
  if (counts.failed > 0) parts.push(`${counts.failed} failed`);
  if (counts.skipped > 0) parts.push(`${counts.skipped} skipped`);
  const verdict = counts.failed > 0 ? 'FAIL' : 'ok  ';
  return `${verdict}  ${name.padEnd(nameWidth)}  ${parts.join(', ')} (${(durationMs / 1000).toFixed(1)} s)`;
}

const nameWidth = 10;

/**
 * The lines of a suite's output that are worth reading though it passed: those that it marks with `note: `.
 *
 * @param {string} output
 */
export function notesOf(output) {
  const lines = stripVTControlCharacters(output)
    .split(/\r?\n/u)
    .map((line) => line.trim());
  return [...new Set(lines.filter((line) => line.startsWith('note: ')))];
}

/**
 * What failed and why, suite by suite, in front of the last line: a log that was cut in the middle still ends with it. A
 * suite without names (a check, a build, a crash) has its own.
 *
 * @param {readonly { name: string, failed: readonly import('./counts.mjs').FailedTest[] }[]} failing
 */
export function failureLines(failing) {
  return failing.flatMap(({ name, failed }) => [`  ${name}`, ...failed.flatMap(linesOfTest)]);
}

/** Of what a runner says of one failed test, this much fits into a list. */
const mostReasonLines = 6;

/** @param {import('./counts.mjs').FailedTest} test */
function linesOfTest({ name, reason }) {
  const said = stripVTControlCharacters(reason)
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return [`    ${name}`, ...said.slice(0, mostReasonLines).map((line) => `      ${line}`)];
}

/** @param {Counts} total */
export function lastLine({ passed, failed, skipped }) {
  const ending = skipped > 0 ? `, ${skipped} skipped` : '';
  return `${passed} passed, ${failed} failed${ending}`;
}
