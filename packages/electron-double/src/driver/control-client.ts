/** The test's end of the control connection: commands with answers, and waiting for the state to become so. */
import type { ChildProcess } from 'node:child_process';
import type { CommandName, ControlCommands, ControlReply, ObservedState } from '../control.ts';

const waitMs = 30_000;

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Watcher {
  see(state: ObservedState): void;
  /** What it waits for may be in the output. */
  recheck(): void;
  fail(error: Error): void;
}

export class ControlClient {
  readonly #process: ChildProcess;
  readonly #describe: () => string;
  readonly #pending = new Map<number, Pending>();
  readonly #watchers = new Set<Watcher>();
  #lastId = 0;
  #ended = false;

  /** @param describe what to add to an error: the process's output */
  constructor(process: ChildProcess, describe: () => string) {
    this.#process = process;
    this.#describe = describe;
    process.on('message', (reply: ControlReply) => this.#onReply(reply));
    // Behind the last message, however the process ended.
    process.once('disconnect', () => this.#end());
    for (const stream of [process.stdout, process.stderr]) stream?.on('data', () => this.#recheck());
  }

  send<C extends CommandName>(command: C, params: ControlCommands[C]['params']): Promise<ControlCommands[C]['result']> {
    if (this.#ended) return Promise.reject(this.#error(`${command}: the process has ended`));
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = new Promise<unknown>((resolve, reject) => this.#pending.set(id, { resolve, reject }));
    this.#process.send({ id, command, params });
    return answer as Promise<ControlCommands[C]['result']>;
  }

  waitFor(condition: string, predicate: (state: ObservedState) => boolean): Promise<ObservedState> {
    let last: ObservedState | undefined;
    return new Promise<ObservedState>((resolve, reject) => {
      const done = (finish: () => void): void => {
        clearTimeout(timer);
        this.#watchers.delete(watcher);
        finish();
      };
      const fail = (error: Error): void => done(() => reject(error));
      const watcher: Watcher = {
        see: (state) => {
          last = state;
          if (predicate(state)) done(() => resolve(state));
        },
        recheck: () => {
          if (last !== undefined) watcher.see(last);
        },
        fail: (error) =>
          fail(new Error(`waited for: ${condition}\nstate: ${JSON.stringify(last, null, 1)}\n${error.message}`)),
      };
      const timer = setTimeout(() => watcher.fail(this.#error(`not so after ${waitMs} ms`)), waitMs);
      this.#watchers.add(watcher);
      this.send('state', undefined).then(
        (state) => watcher.see(state),
        (error: unknown) => watcher.fail(error instanceof Error ? error : new Error(String(error))),
      );
    });
  }

  #onReply(reply: ControlReply): void {
    if (reply.kind === 'state') {
      for (const watcher of this.#watchers) watcher.see(reply.state);
      return;
    }
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if (reply.kind === 'result') pending?.resolve(reply.value);
    else pending?.reject(this.#error(reply.message));
  }

  #recheck(): void {
    for (const watcher of this.#watchers) watcher.recheck();
  }

  #end(): void {
    this.#ended = true;
    const error = this.#error('the process ended');
    for (const { reject } of this.#pending.values()) reject(error);
    for (const watcher of this.#watchers) watcher.fail(error);
    this.#pending.clear();
  }

  #error(message: string): Error {
    return new Error(`${message}\n--- output of the process ---\n${this.#describe()}`);
  }
}
