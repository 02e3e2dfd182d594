/** Refuses a Node that is too old to run the scripts. */
import { PlainFailure } from './say.mjs';

const oldestMajor = 20;

/**
 * @param {string} version As `process.versions.node` gives it.
 * @throws {PlainFailure} When it is too old.
 */
export function requireNode(version) {
  const major = Number.parseInt(version, 10);
  if (major >= oldestMajor) return;
  throw new PlainFailure(
    `Sluice needs Node ${oldestMajor} or newer, and this is ${version}. Get one from https://nodejs.org and run it again.`,
  );
}
