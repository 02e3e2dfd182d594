/** Has the thread that all synchronous calls share answer one, and holds this one until it has. */
import { Worker } from 'node:worker_threads';
import type { SyncAnswer, SyncCall } from './sync-protocol.ts';
import { SyncThread } from './sync-thread.ts';

const shared = new SyncThread(startWorker);

/** @throws SluiceError `request-invalid` for what cannot be handed to another thread; `internal` when that one dies */
export function waitForWorker(call: SyncCall): SyncAnswer {
  return shared.ask(call);
}

/** Beside this file in the package as it is built, as in its source. */
function startWorker(): Worker {
  const name = import.meta.url.endsWith('.ts') ? './sync-worker.ts' : './sync-worker.js';
  const worker = new Worker(new URL(name, import.meta.url), { execArgv: [] });
  // It waits for calls for ever, which must keep no program from ending.
  worker.unref();
  return worker;
}
