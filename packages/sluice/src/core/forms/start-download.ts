/** Starts a download: reads what was asked for, carries it out under one stop signal, and says how it ended. */
import { type DirectProgress, PauseGate } from '@sluice/engine';
import { describeRequest, urlOfRequest } from '../../request/describe-request.ts';

import type { RequestLike } from '../../request/description.ts';
import { Caller } from '../caller.ts';
import { checkedOptions } from '../options/check-options.ts';
import { Digester } from '../digests.ts';
import { directHooks, type JudgeAnswer } from '../options/direct-hooks.ts';
import { prepareSpec } from '../options/download-spec.ts';
import type { DownloadOptions } from '../options/options.ts';
import { ProgressReporter } from '../progress/progress-reporter.ts';
import type { DownloadResult } from '../results.ts';
import { RunningDownload } from './running-download.ts';
import { sharedDirect } from '../options/session.ts';
import { joinStops, type StopSignal } from './stop-signal.ts';
import { throughCache } from './through-cache.ts';
import { toFile } from './to-file.ts';
import { toMemory } from './to-memory.ts';
import { toChunks, toStream } from './to-stream.ts';
import type { Order } from './order.ts';

const defaultMaxBytes = 1024 ** 3;
const defaultChunkBytes = 64 * 1024;
const leastProgressEveryMs = 100;

interface Control {
  readonly stopping: AbortController;
  readonly gate: PauseGate;
  readonly caller: Caller;
  readonly reporter: ProgressReporter;
  readonly stop: StopSignal;
}

/** @param inside what the library's own callers add: a rule that judges each answer */
export function startDownload(
  request: RequestLike,
  given: DownloadOptions,
  inside: { readonly judge?: JudgeAnswer } = {},
): RunningDownload<DownloadResult> {
  const stopping = new AbortController();
  const gate = new PauseGate();
  try {
    const options = checkedOptions(given);
    const stop = joinStops({ stopping, signal: options.signal, timeoutMs: options.timeoutMs });
    const caller = new Caller(stopping, stop.signal);
    const reporter = new ProgressReporter(options, {
      everyMs: Math.max(leastProgressEveryMs, options.progressEveryMs ?? 0),
      totalSize: options.totalSize ?? null,
      caller,
    });
    const control = { stopping, gate, caller, reporter, stop };
    const outcome = carryOut(request, { options, judge: inside.judge ?? null }, control);
    return new RunningDownload(outcome, control);
  } catch (error) {
    const caller = new Caller(stopping, stopping.signal);
    const reporter = new ProgressReporter({}, { everyMs: leastProgressEveryMs, totalSize: null, caller });
    return new RunningDownload(Promise.reject(error), { stopping, gate, reporter });
  }
}

async function carryOut(
  request: RequestLike,
  asked: { readonly options: DownloadOptions; readonly judge: JudgeAnswer | null },
  { gate, caller, reporter, stop }: Control,
): Promise<DownloadResult> {
  const { options, judge } = asked;
  const descriptor = await describeRequest(request);
  const spec = prepareSpec(descriptor, options);
  const finish = async (isDone: boolean): Promise<void> => {
    await reporter.finish(isDone);
    await caller.settle();
  };
  let isDone = false;
  let isStreaming = false;
  try {
    stop.signal.throwIfAborted();
    await gate.wait(stop.signal);
    const onProgress = (progress: DirectProgress): void => reporter.note(progress);
    const hooks = directHooks(caller, { ...options, judge, url: urlOfRequest(request) });
    const order = { direct: sharedDirect(), descriptor, options, spec: { ...spec, ...hooks, gate, onProgress }, stop };
    const result = await deliver(order, caller, finish);
    isStreaming = result.kind === 'stream';
    isDone = true;
    return result;
  } catch (error) {
    throw stop.explain(error);
  } finally {
    // Throwing here is meant: what a function of the program's own threw comes out, also when all bytes had come.
    if (!isStreaming) await finish(isDone);
  }
}

async function deliver(
  order: Order,
  caller: Caller,
  finished: (isDone: boolean) => Promise<void>,
): Promise<DownloadResult> {
  const { direct, options, spec, stop } = order;
  if (options.cache !== undefined) return throughCache({ ...order, options });
  if (options.file !== undefined || options.folder !== undefined) return toFile({ ...order, options });
  const chunkBytes = options.chunkBytes ?? defaultChunkBytes;
  const sequence = await direct.openSequence({ ...spec, chunkBytes }, stop.signal);
  const digester = new Digester(options.digests ?? []);
  if (options.stream === true) return toStream(sequence, { digester, explain: stop.explain, finished });
  if (options.onChunk !== undefined) return toChunks(sequence, options.onChunk, { caller, digester });
  return toMemory(sequence, options.maxBytes ?? defaultMaxBytes, digester);
}
