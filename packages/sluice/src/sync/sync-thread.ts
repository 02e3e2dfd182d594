/** A thread that answers calls while the one that makes them stands still. */
import { MessageChannel, receiveMessageOnPort, type Worker } from 'node:worker_threads';
import { SluiceError } from '@sluice/contract';
import { answered, beat, ended, type SyncAnswer, type SyncCall, type SyncMessage } from './sync-protocol.ts';

/** How often the waiting thread looks whether the other one still lives. */
const checkEveryMs = 1000;
/**
 * A thread without a sign of life for this many checks counts as dead: it did not come up, or it ended
 * without a word, as one does that runs out of memory.
 */
const mostSilentChecks = 60;

export class SyncThread {
  readonly #start: () => Worker;
  readonly #checkEveryMs: number;
  #worker: Worker | null = null;

  /** @param start makes the worker, which begins with `answerCalls` */
  constructor(start: () => Worker, options: { readonly checkEveryMs?: number } = {}) {
    this.#start = start;
    this.#checkEveryMs = options.checkEveryMs ?? checkEveryMs;
  }

  /** @throws SluiceError `request-invalid` for what cannot be handed to another thread; `internal` when that one dies */
  ask(call: SyncCall): SyncAnswer {
    const { port1: here, port2: there } = new MessageChannel();
    const bell = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
    const message: SyncMessage = { call, port: there, bell };
    this.#worker ??= this.#start();
    try {
      this.#worker.postMessage(message, [there]);
    } catch (error) {
      here.close();
      const detail = 'a synchronous call takes plain values alone: no functions, no streams';
      throw new SluiceError('request-invalid', detail, { facts: { name: 'options' }, cause: error });
    }
    try {
      return this.#waitFor(here, bell);
    } finally {
      here.close();
    }
  }

  #waitFor(here: MessageChannel['port1'], bell: Int32Array): SyncAnswer {
    let lastBeat = 0;
    for (let silentChecks = 0; ; silentChecks += 1) {
      Atomics.wait(bell, answered, 0, this.#checkEveryMs);
      const hasEnded = Atomics.load(bell, ended) === 1;
      const received = receiveMessageOnPort(here);
      if (received !== undefined) return received.message as SyncAnswer;
      if (hasEnded) this.#giveUp('the thread that downloads for synchronous calls has ended');
      const thisBeat = Atomics.load(bell, beat);
      if (thisBeat !== lastBeat) silentChecks = 0;
      lastBeat = thisBeat;
      if (silentChecks >= mostSilentChecks) this.#giveUp('the thread that downloads for synchronous calls is silent');
    }
  }

  /** The next call has a thread of its own. */
  #giveUp(detail: string): never {
    void this.#worker?.terminate();
    this.#worker = null;
    throw new SluiceError('internal', detail, { facts: { name: 'worker' } });
  }
}
