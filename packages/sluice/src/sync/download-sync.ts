/** `downloadSync` and `swarmSync`: for scripts that may stand still until a download is done. */
import { type ErrorCode, errorCodes, SluiceError } from '@sluice/contract';
import type { Bundle } from '../bulk/bundle.ts';
import { DownloadInterrupt } from '../core/forms/download-interrupt.ts';
import type { FileResult, MemoryResult } from '../core/results.ts';
import { memoryResult } from '../core/forms/to-memory.ts';
import type { RequestLike } from '../request/description.ts';
import { plainOptions, plainRequest, refuseLiving } from './plain-request.ts';
import type { FileSyncOptions, MemorySyncOptions, SwarmSyncItem, SwarmSyncOptions } from './sync-options.ts';
import type { SentError, SyncAnswer } from './sync-protocol.ts';
import { waitForWorker } from './wait-for-worker.ts';

/**
 * `download` for scripts: another thread downloads, and this one stands still until it is done, with its timers, its
 * servers and everything else. Not for programs that must answer others meanwhile. There is no stopping it but `timeoutMs`,
 * and nothing to be told on the way.
 * @throws as `download` does; `request-invalid` (facts: `name`) for an option that would have to be called
 */
export function downloadSync(request: RequestLike, options?: MemorySyncOptions): MemoryResult;
export function downloadSync(request: RequestLike, options: FileSyncOptions): FileResult;
export function downloadSync(
  request: RequestLike,
  options: MemorySyncOptions | FileSyncOptions = {},
): MemoryResult | FileResult {
  refuseLiving(options);
  const answer = waitForWorker({ kind: 'download', request: plainRequest(request), options: plainOptions(options) });
  switch (answer.kind) {
    case 'memory': {
      const { kind: _kind, sizeBytes: _sizeBytes, bytes, digests, cacheUse, ...facts } = answer.result;
      return { ...memoryResult(facts, bytes), digests, ...(cacheUse === undefined ? {} : { cacheUse }) };
    }
    case 'file':
      return answer.result;
    default:
      return unexpected(answer);
  }
}

/** `swarm` for scripts; what is said of {@link downloadSync} holds. Bundles come in the order of the items. */
export function swarmSync<Item extends SwarmSyncItem>(
  items: Iterable<Item>,
  options: SwarmSyncOptions = {},
): readonly Bundle<Item>[] {
  refuseLiving(options);
  const given = [...items];
  const answer = waitForWorker({ kind: 'swarm', items: given.map(plainItem), options: plainOptions(options) });
  if (answer.kind !== 'bundles') return unexpected(answer);
  return given.flatMap((item, index) => {
    const bundle = answer.bundles[index];
    return bundle === undefined
      ? []
      : [{ ...bundle, item, error: bundle.error === null ? null : received(bundle.error) }];
  });
}

function plainItem(item: SwarmSyncItem): { readonly request: RequestLike; readonly path?: string } {
  const isItem = typeof item === 'object' && 'request' in item && !('url' in item);
  if (!isItem) return { request: plainRequest(item) };
  return { request: plainRequest(item.request), ...(item.path === undefined ? {} : { path: item.path }) };
}

function unexpected(answer: SyncAnswer): never {
  if (answer.kind === 'failed') throw received(answer.error);
  throw new SluiceError('internal', `an answer of kind ${answer.kind} was not asked for`);
}

/** The error as the asynchronous call would have thrown it, but for its cause and its stack. */
function received({ name, code, message, facts, response }: SentError): Error {
  if (code === null || !isCode(code)) return new Error(message);
  if (name === 'DownloadInterrupt') return new DownloadInterrupt(message);
  return new SluiceError(code, message, { facts, ...(response === null ? {} : { response }) });
}

function isCode(code: string): code is ErrorCode {
  return errorCodes.some((one) => one === code);
}
