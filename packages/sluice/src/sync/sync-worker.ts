/** The thread that downloads while the caller's thread waits. */
import { SluiceError } from '@sluice/contract';
import { swarm } from '../bulk/bulk.ts';
import { download } from '../core/download.ts';
import { backOff, lenient } from '../strategy/request-strategy.ts';
import { answerCalls } from './answer-calls.ts';
import type { SwarmSyncOptions } from './sync-options.ts';
import type { SentError, SyncAnswer, SyncCall, SyncItem } from './sync-protocol.ts';

answerCalls((call) => answerTo(call).catch((error: unknown): SyncAnswer => ({ kind: 'failed', error: sent(error) })));

async function answerTo(call: SyncCall): Promise<SyncAnswer> {
  if (call.kind === 'swarm') return answerToSwarm(call.items, call.options);
  const result = await download(call.request, call.options);
  switch (result.kind) {
    case 'memory': {
      const { kind, finalUrl, status, headers, bytes, sizeBytes, digests, cacheUse } = result;
      const use = cacheUse === undefined ? {} : { cacheUse };
      return { kind: 'memory', result: { kind, finalUrl, status, headers, bytes, sizeBytes, digests, ...use } };
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
