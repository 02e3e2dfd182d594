/** Has another thread answer a call, and holds this one until it has. */
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { SluiceError } from '@sluice/contract';
import { answered, type SyncAnswer, type SyncCall, type SyncMessage, taken } from './sync-protocol.ts';

let shared: Worker | null = null;

const wakeEveryMs = 1000;
/** A thread that has not taken a call after so many looks did not come up, and nobody could tell while this one waits. */
const maxLooksUntilTaken = 60;

/** @throws SluiceError `request-invalid` for what cannot be handed to another thread; `internal` when that one dies */
export function waitForWorker(call: SyncCall): SyncAnswer {
  const { port1: here, port2: there } = new MessageChannel();
  const bell = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  const message: SyncMessage = { call, port: there, bell };
  shared ??= startWorker();
  try {
    shared.postMessage(message, [there]);
  } catch (error) {
    throw new SluiceError('request-invalid', 'a synchronous call takes plain values alone: no functions, no streams', {
      facts: { name: 'options' },
      cause: error,
    });
  }
  for (let looks = 1; ; looks += 1) {
    Atomics.wait(bell, answered, 0, wakeEveryMs);
    const received = receiveMessageOnPort(here);
    if (received !== undefined) {
      here.close();
      return received.message as SyncAnswer;
    }
    if (looks >= maxLooksUntilTaken && Atomics.load(bell, taken) === 0) {
      shared = null;
      throw new SluiceError('internal', 'the thread that downloads for synchronous calls did not start');
    }
  }
}

/** Beside this file in the package as it is built, as in its source. */
function startWorker(): Worker {
  const name = import.meta.url.endsWith('.ts') ? './sync-worker.ts' : './sync-worker.js';
  const worker = new Worker(new URL(name, import.meta.url), { execArgv: [] });
  // It waits for calls for ever, which must keep no program from ending.
  worker.unref();
  return worker;
}
