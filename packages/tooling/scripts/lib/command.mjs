/** Runs other programs: captured, or as if they had been started directly. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * @typedef {object} Captured
 * @property {number} exitCode A shell's number for a signal; 127 when it could not be started.
 * @property {string} output What it wrote to both streams, in order of arrival.
 * @property {boolean} timedOut
 */

/**
 * Runs a program with nothing on its standard input. It gets a process group of its own, so that a run that takes
 * too long, or is interrupted, leaves nothing behind. An interruption ends this process once the program has ended.
 *
 * @param {string} file
 * @param {readonly string[]} options
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, timeoutMs?: number }} settings
 * @returns {Promise<Captured>}
 */
export function capture(file, options, { cwd, env = process.env, timeoutMs }) {
  return new Promise((resolve) => {
    const child = spawn(file, options, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: hasGroups });
    /** @type {Buffer[]} */
    const pieces = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (/** @type {Buffer} */ piece) => pieces.push(piece));
    }
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      endGroup(child, 'SIGKILL');
    }, timeoutMs ?? longestMs);
    /** @type {NodeJS.Signals | null} */
    let interruptedBy = null;
    const stopForwarding = onInterruption((signal) => {
      endGroup(child, interruptedBy === null ? signal : 'SIGKILL');
      interruptedBy = signal;
    });
    /** @param {number} exitCode */
    const finish = (exitCode) => {
      clearTimeout(timer);
      stopForwarding();
      if (interruptedBy !== null) process.exit(exitCodeOf(interruptedBy));
      resolve({ exitCode, output: Buffer.concat(pieces).toString('utf8'), timedOut });
    };
    child.on('error', (error) => {
      pieces.push(Buffer.from(`${error.message}\n`));
      finish(127);
    });
    child.on('exit', (code, signal) => {
      endGroup(child, 'SIGKILL');
      // What left the group may hold the pipes open for ever; the program's own last words are here by then.
      const lastWords = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, lastWordsMs);
      child.on('close', () => {
        clearTimeout(lastWords);
        finish(code ?? exitCodeOf(signal));
      });
    });
  });
}

const hasGroups = process.platform !== 'win32';
const lastWordsMs = 1000;
const longestMs = 2 ** 31 - 1;

/**
 * Runs a program in this one's place: same terminal, signals passed on, its exit code returned.
 *
 * @param {string} file
 * @param {readonly string[]} options
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} settings
 * @returns {Promise<number>}
 */
export function runInPlace(file, options, { cwd, env = process.env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, options, { cwd, env, stdio: 'inherit' });
    const stopForwarding = onInterruption((signal) => {
      // A terminal's Ctrl-C reaches the whole foreground group by itself; a second SIGINT would read as "quit now".
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    });
    child.on('error', (error) => {
      stopForwarding();
      reject(error);
    });
    child.on('close', (code, signal) => {
      stopForwarding();
      resolve(code ?? exitCodeOf(signal));
    });
  });
}

const parentLookMs = 500;

/**
 * npm ends on SIGTERM without a word to the script it runs, so under npm the loss of the parent counts as one.
 *
 * @param {(signal: NodeJS.Signals) => void} listener Called in place of the default, which would end this process alone.
 * @returns {() => void} Puts the default back.
 */
function onInterruption(listener) {
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, listener);
  const parent = process.ppid;
  const check = setInterval(() => {
    if (process.env['npm_lifecycle_event'] === undefined || process.ppid === parent) return;
    clearInterval(check);
    listener('SIGTERM');
  }, parentLookMs);
  return () => {
    clearInterval(check);
    for (const signal of signals) process.removeListener(signal, listener);
  };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function endGroup(child, signal) {
  try {
    if (hasGroups && child.pid !== undefined) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // The group is gone already.
  }
}

/** @param {NodeJS.Signals | null} signal */
function exitCodeOf(signal) {
  return 128 + (signal === null ? 0 : constants.signals[signal]);
}
