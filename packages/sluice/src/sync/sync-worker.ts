/** The thread that downloads while the caller's thread waits. */
import { parentPort } from 'node:worker_threads';
import { SluiceError } from '@sluice/contract';
import { swarm } from '../bulk/bulk.ts';
import { download } from '../core/download.ts';
import { backOff, lenient } from '../strategy/request-strategy.ts';
import type { SwarmSyncOptions } from './sync-options.ts';
import {
  answered,
  type SentError,
  type SyncAnswer,
  type SyncCall,
  type SyncItem,
  type SyncMessage,
  taken,
} from './sync-protocol.ts';

parentPort?.on('message', (message: SyncMessage) => void serve(message));

async function serve({ call, port, bell }: SyncMessage): Promise<void> {
  Atomics.store(bell, taken, 1);
  const answer = await answerTo(call).catch((error: unknown): SyncAnswer => ({ kind: 'failed', error: sent(error) }));
  // Handed over, not copied.
  port.postMessage(answer, answer.kind === 'memory' ? [answer.result.bytes.buffer] : []);
  port.close();
  // Only now: whoever wakes up finds the answer there.
  Atomics.store(bell, answered, 1);
  Atomics.notify(bell, answered);
}

async function answerTo(call: SyncCall): Promise<SyncAnswer> {
  if (call.kind === 'swarm') return answerToSwarm(call.items, call.options);
  const result = await download(call.request, call.options);
  switch (result.kind) {
    case 'memory': {
      const { kind, finalUrl, status, headers, bytes, sizeBytes, cacheUse } = result;
      const use = cacheUse === undefined ? {} : { cacheUse };
      return { kind: 'memory', result: { kind, finalUrl, status, headers, bytes, sizeBytes, ...use } };
    }
    case 'file':
      return { kind: 'file', result };
    default:
      throw new SluiceError('unsupported', 'a synchronous call has no streams');
  }
}

const strategies = { lenient, backOff } as const;

async function answerToSwarm(items: readonly SyncItem[], options: SwarmSyncOptions): Promise<SyncAnswer> {
  const { requestStrategy: given = {}, ...rest } = options;
  const requestStrategy = typeof given === 'string' ? strategies[given] : given;
  const bundles = await swarm(items, { ...rest, requestStrategy });
  return {
    kind: 'bundles',
    bundles: bundles.map((bundle) => ({
      ...bundle,
      item: null,
      error: bundle.error === null ? null : sent(bundle.error),
    })),
  };
}

function sent(error: unknown): SentError {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (!(error instanceof SluiceError)) return { name, code: null, message, facts: {}, response: null };
  return { name, code: error.code, message, facts: error.facts, response: error.response };
}
