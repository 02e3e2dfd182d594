/** A curl at work: its configuration goes in, a body and an account of the transfer come out, and it is ended for sure. */
import { type ChildProcess, spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { SluiceError } from '@sluice/contract';
import type { Departures } from './departures.ts';
import type { OrphanGuard } from './orphan-guard.ts';
import { LineCutter } from './trace.ts';

export interface CurlChildOptions {
  readonly path: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly config: Buffer;
  readonly departures: Departures;
  readonly guard: OrphanGuard;
  /** Where it goes. */
  readonly server: string;
  /** Each line of its standard error, latin-1. */
  readonly onLine: (line: string) => void;
  /** It is gone, and nothing more will be told. */
  readonly onGone: () => void;
}

/** All its bytes have come: what is left is a farewell to the server, for which it gets this long. */
const farewellMs = 2000;

export class CurlChild {
  readonly #child: ChildProcess;
  readonly #stdout: Readable;
  readonly #exited = Promise.withResolvers<void>();
  readonly #told = Promise.withResolvers<void>();
  readonly #departures: Departures;
  readonly #server: string;
  #failure: SluiceError | null = null;
  #hasExited = false;

  constructor({ path, environment, config, departures, guard, server, onLine, onGone }: CurlChildOptions) {
    this.#departures = departures;
    this.#server = server;
    // An own group of options: no .curlrc of the user's, nothing that others could read in a list of processes.
    const child: ChildProcess = spawn(path, ['-q', '--config', '-'], {
      env: environment,
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    this.#child = child;
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (child.pid !== undefined) return;
      this.#failure = startFailure(error);
      this.#exit();
      this.#told.resolve();
    });
    child.once('exit', () => this.#exit());
    guard.watch(child.pid, this.#exited.promise);
    // Where no descriptor was left there are no pipes either.
    const { stdin, stdout, stderr } = child;
    this.#stdout = stdout ?? new Readable({ read: () => {} });
    // When a child exits, Node drops its unread output unless a read is pending.
    this.#stdout.on('readable', () => {});
    const lines = new LineCutter();
    stderr?.setEncoding('latin1');
    stderr?.on('data', (text: string) => lines.take(text).forEach(onLine));
    stderr?.once('close', () => this.#told.resolve());
    // It may end before it has read all that it was told.
    stdin?.on('error', () => {});
    stdin?.end(config);
    void this.gone.then(onGone);
  }

  /** The body, read ahead by one buffer at most. */
  get stdout(): Readable {
    return this.#stdout;
  }

  /** Settles when the process is gone, and its connection with it. */
  get exited(): Promise<void> {
    return this.#exited.promise;
  }

  /** Settles when it has exited and has said all that it had to say. */
  get gone(): Promise<void> {
    return Promise.all([this.#exited.promise, this.#told.promise]).then(() => {});
  }

  /** Why it could not even be started; null when it could. */
  get failure(): SluiceError | null {
    return this.#failure;
  }

  /** At once, whatever it is doing: it has nothing to lose. */
  kill(): void {
    if (!this.#hasExited) {
      this.#child.kill('SIGKILL');
      this.#departures.noteKilled(this);
    }
    this.#stdout.destroy();
  }

  /** One that is not read from does not keep the process alive. */
  setIdle(isIdle: boolean): void {
    for (const end of [this.#child, this.#stdout, this.#child.stderr]) {
      if (!isHandle(end)) continue;
      if (isIdle) end.unref();
      else end.ref();
    }
  }

  /** Its bytes are all here: it may say goodbye to the server, and is ended if that takes long. */
  dismiss(): void {
    if (this.#hasExited) return;
    this.#departures.noteDismissed(this, this.#server);
    const timer = setTimeout(() => this.kill(), farewellMs);
    // Somebody who waits to read would keep it from flowing.
    this.#stdout.removeAllListeners('readable').resume();
    void this.#exited.promise.then(() => clearTimeout(timer));
  }

  #exit(): void {
    this.#hasExited = true;
    this.#exited.resolve();
  }
}

interface Handle {
  ref(): void;
  unref(): void;
}

/** A child and the sockets that its pipes are; a pipe that could not be made is none. */
function isHandle(end: object | null): end is Handle {
  return (
    end !== null && 'ref' in end && typeof end.ref === 'function' && 'unref' in end && typeof end.unref === 'function'
  );
}

function startFailure(error: NodeJS.ErrnoException): SluiceError {
  const reason = error.code ?? 'unknown';
  const isFull = reason === 'EMFILE' || reason === 'ENFILE';
  const isBusy = isFull || reason === 'EAGAIN' || reason === 'ENOMEM';
  const facts = isBusy ? { reason } : { missing: 'curl', reason };
  return new SluiceError(
    isFull ? 'too-many-files' : isBusy ? 'file-busy' : 'unsupported',
    `curl could not be started: ${reason}`,
    { facts },
  );
}
