/** Asks for a password on the terminal, without showing it. Standard input may be a list of links meanwhile. */
import { openSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { SecretLine } from './secret-line.ts';

/** @returns null where there is no terminal, or the question was interrupted */
export async function askSecret(question: string, write: (text: string) => void): Promise<string | null> {
  const terminal = openTerminal();
  if (terminal === null) return null;
  const line = new SecretLine();
  const { promise, resolve } = Promise.withResolvers<string | null>();
  const onData = (chunk: Buffer): void => {
    const state = line.take(chunk.toString('utf8'));
    if (state !== 'typing') resolve(state === 'done' ? line.text : null);
  };
  write(question);
  terminal.setRawMode(true);
  terminal.on('data', onData).once('end', () => resolve(null));
  terminal.resume();
  try {
    return await promise;
  } finally {
    terminal.off('data', onData).pause();
    terminal.setRawMode(false);
    write('\n');
    if (terminal !== process.stdin) terminal.destroy();
  }
}

function openTerminal(): ReadStream | null {
  if (process.stdin.isTTY) return process.stdin;
  if (process.platform === 'win32') return null;
  try {
    return new ReadStream(openSync('/dev/tty', 'r'));
  } catch {
    return null;
  }
}
