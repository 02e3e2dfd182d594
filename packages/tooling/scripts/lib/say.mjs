/** How the scripts speak: plain lines, and one kind of failure that is a sentence and not a stack trace. */

import { stripVTControlCharacters } from 'node:util';

/** A failure whose message is all there is to say: what is wrong and what to do. */
export class PlainFailure extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'PlainFailure';
  }
}

/**
 * Colours of the programs whose words are passed on are for a terminal only.
 *
 * @param {string} line
 */
export function say(line) {
  process.stdout.write(`${process.stdout.isTTY ? line : stripVTControlCharacters(line)}\n`);
}

/**
 * Runs a script's main function and turns what it returns or throws into the exit code.
 *
 * @param {() => Promise<number>} main Answers the exit code.
 */
export async function runScript(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof PlainFailure)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
