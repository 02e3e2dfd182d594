/** Asks for a password on the terminal, without showing it. Standard streams may be a list of links or a file meanwhile. */
import { openSync, writeSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { ReadStream } from 'node:tty';
import { SecretLine } from './secret-line.ts';

export interface AskSecretOptions {
  /** Aborted by a signal that ends the process: the terminal is as it was before anything else happens. */
  readonly interrupted: AbortSignal;
  /** Called once the terminal is as it was, after Ctrl+C or `interrupted`. */
  readonly onInterrupted: () => void;
}

/** @returns null where there is no terminal, and at its end */
export async function askSecret(
  question: string,
  { interrupted, onInterrupted }: AskSecretOptions,
): Promise<string | null> {
  const terminal = openTerminal();
  if (terminal === null) return null;
  const line = new SecretLine();
  const decoder = new StringDecoder('utf8');
  const { promise, resolve } = Promise.withResolvers<'done' | 'interrupted' | 'ended'>();
  const onData = (chunk: Buffer): void => {
    const state = line.take(decoder.write(chunk));
    if (state !== 'typing') resolve(state);
  };
  const onAbort = (): void => resolve('interrupted');
  const { input, write } = terminal;
  // First, so that nothing is shown of what is typed as soon as the question stands there.
  input.setRawMode(true);
  write(question);
  input.on('data', onData).once('end', () => resolve('ended'));
  // A terminal that hangs up fails to be read.
  input.once('error', () => resolve('ended'));
  interrupted.addEventListener('abort', onAbort);
  if (interrupted.aborted) onAbort();
  input.resume();
  let end;
  try {
    end = await promise;
  } finally {
    interrupted.removeEventListener('abort', onAbort);
    input.off('data', onData).pause();
    input.setRawMode(false);
    write('\n');
    if (input !== process.stdin) input.destroy();
  }
  if (end === 'interrupted') onInterrupted();
  return end === 'done' ? line.text : null;
}

interface Terminal {
  readonly input: ReadStream;
  readonly write: (text: string) => void;
}

/** The terminal itself, so that the question is seen where standard error goes into a file. */
function openTerminal(): Terminal | null {
  if (process.platform === 'win32') {
    if (!process.stdin.isTTY) return null;
    return { input: process.stdin, write: (text) => void process.stderr.write(text) };
  }
  try {
    const fd = openSync('/dev/tty', 'r+');
    return { input: new ReadStream(fd), write: (text) => tryWrite(fd, text) };
  } catch {
    return null;
  }
}

/** A terminal that has hung up cannot be written to; reading then meets its end. */
function tryWrite(fd: number, text: string): void {
  try {
    writeSync(fd, text);
  } catch {
    // As above.
  }
}
