/** Opens a resource as a sequence: settles when the head of the answer is there, and hands the bytes on as they are asked for. */
import { SluiceError } from '../errors.ts';
import type { HttpBody } from '../ports/http.ts';
import { encodingOfFile } from '../plan/response/encoding.ts';
import { mayMeanTheRange } from '../plan/response/doubtful-refusal.ts';
import { expectedChecksum, type Expectation } from '../transfer/checksum/verify.ts';
import { createHasher } from '../transfer/checksum/hasher.ts';
import { SpeedLimiter } from '../transfer/connections/limiter.ts';
import { type Ask, type OpenedResponse, openResponse, type RequestBase } from '../transfer/request/open-response.ts';
import { PeekedBody } from '../transfer/body/peeked-body.ts';
import { blamesRanges, refusalError } from '../transfer/request/refusal-error.ts';
import { createThrottle } from '../transfer/connections/throttle.ts';
import { Attempts } from './attempts.ts';
import { ChunkQueue } from './chunk-queue.ts';
import { type DirectDeps, requestBase } from './direct-deps.ts';
import { ProgressPulse } from './progress-pulse.ts';
import { SequenceLinks } from './sequence-links.ts';
import { type Admitted, SequenceSource } from './sequence-source.ts';
import type { SequenceHead, SequenceSpec } from './spec.ts';

/** A resource being read. Read it to its end, or cancel it: until then it holds a connection. */
export interface Sequence {
  readonly head: SequenceHead;
  /**
   * The next piece; null at the end.
   * @throws SluiceError `resource-changed`, `checksum-mismatch`, network codes; `signal.reason` when aborted
   */
  next(): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Gives the rest up. Settles when nothing of it is left. */
  cancel(reason: unknown): Promise<void>;
}

/** @throws SluiceError what the last try failed with; `range-ignored` when other bytes came; `signal.reason` when aborted */
export async function openSequence(deps: DirectDeps, spec: SequenceSpec, signal: AbortSignal): Promise<Sequence> {
  const { ports, random } = deps;
  const { clock } = ports;
  const base = requestBase(deps, spec);
  const attempts = new Attempts({
    clock,
    network: deps.network,
    random,
    policy: spec.retry,
    beforeRetry: spec.beforeRetry,
  });
  const links = new SequenceLinks(spec.url, spec.request.mirrors ?? [], () => clock.monotonicMs());
  const first = await openFirst({ deps, base, spec, attempts, links }, signal);
  const expectation = expectationOf(spec, first);
  const hasher = expectation === null ? null : await createHasher(expectation.checksum.algorithm);
  const end = (spec.range?.last === undefined ? spec.range?.end : null) ?? null;
  const stopping = new AbortController();
  const either = AbortSignal.any([signal, stopping.signal]);
  const pulse = new ProgressPulse(clock, spec.onProgress);
  const limiters = [new SpeedLimiter(clock, spec.speedLimitBytesPerSecond)];
  const { gate = null } = spec;
  const throttle = createThrottle(
    { limiters: () => limiters, ...(gate ? { pause: (paused: AbortSignal) => gate.wait(paused) } : {}) },
    {
      signal: either,
      onArrived: (sizeBytes) => {
        pulse.receivedBytes += sizeBytes;
      },
    },
  );
  const queue = new ChunkQueue({ chunkBytes: spec.chunkBytes, throttle, hasher });
  queue.lengthBytes = first.lengthBytes;
  if (end !== null) queue.mostBytes = end - first.start;
  pulse.totalBytes = first.lengthBytes;
  pulse.connections = 1;
  const source = new SequenceSource({ ports, base, queue, attempts, links, start: first.start, end }, first);
  const done = source
    .moveAll(first, either)
    .then(() => {
      if (expectation !== null) compare(expectation, queue.digest());
      queue.end();
    })
    .catch((error: unknown) => {
      first.opened.response.body.discard();
      queue.fail(either.aborted ? either.reason : error);
    })
    .finally(() => {
      pulse.connections = 0;
      pulse.end();
    });
  const { response, finalUrl } = first.opened;
  return {
    head: {
      status: response.status,
      headers: response.headers,
      finalUrl,
      start: first.start,
      lengthBytes: first.lengthBytes,
    },
    next: () => queue.next(),
    cancel: async (reason) => {
      stopping.abort(reason);
      queue.fail(reason);
      await done;
    },
  };
}

interface FirstAnswer extends Admitted {
  readonly start: number;
  readonly lengthBytes: number | null;
}

interface Opening {
  readonly deps: DirectDeps;
  readonly base: RequestBase;
  readonly spec: SequenceSpec;
  readonly attempts: Attempts;
  readonly links: SequenceLinks;
}

async function openFirst({ deps, base, spec, attempts, links }: Opening, signal: AbortSignal): Promise<FirstAnswer> {
  for (;;) {
    let retryAfterMs: number | null = null;
    try {
      const ask = { url: links.current, ...askedRange(spec.range), known: null, takesBareSuccess: true };
      const opened = await openAsked(deps, base, { ask, signal });
      const first = await unpackTwice(judgeFirst(opened, spec.range), signal);
      if (first !== null) {
        const { response, finalUrl } = opened;
        const head = { status: response.status, headers: response.headers, finalUrl };
        await base.hooks?.afterResponse?.(head).catch(giveUp(response.body));
        return first;
      }
      opened.response.body.discard();
      if (opened.verdict.kind === 'failed') retryAfterMs = opened.verdict.retryAfterMs;
      throw opened.verdict.kind === 'whole'
        ? new SluiceError('range-ignored', 'a range was asked for and the whole came')
        : refusalError(opened);
    } catch (error) {
      signal.throwIfAborted();
      const verdict = links.turn(error, retryAfterMs);
      if (verdict === null) continue;
      // What it does with ranges once it will do again.
      if (error instanceof SluiceError && blamesRanges(error)) throw error;
      await attempts.waitForLinks(verdict, signal);
      links.turnBack();
    }
  }
}

function askedRange(range: SequenceSpec['range']): Pick<Ask, 'range' | 'suffixBytes'> {
  if (range?.last !== undefined) return { range: null, suffixBytes: range.last };
  return { range: range === null ? null : { start: range.start, end: range.end } };
}

function giveUp(body: HttpBody): (error: unknown) => never {
  return (error) => {
    body.discard();
    throw error;
  };
}

/** A range that is refused in a way that may mean the file is asked for without one before that is believed. */
async function openAsked(
  { ports }: DirectDeps,
  base: RequestBase,
  options: { readonly ask: Ask; readonly signal: AbortSignal },
): Promise<OpenedResponse> {
  const opened = await openResponse(ports, base, options);
  const isGet = (base.options.method ?? 'GET') === 'GET';
  if (!isGet || !mayMeanTheRange(options.ask, opened.verdict)) return opened;
  opened.response.body.discard();
  return openResponse(ports, base, { ...options, ask: { ...options.ask, range: null } });
}

/** What was compressed once more on its way, as the first bytes tell, is unpacked once. */
async function unpackTwice(first: FirstAnswer | null, signal: AbortSignal): Promise<FirstAnswer | null> {
  if (first === null || first.opened.verdict.kind !== 'whole' || first.lengthBytes !== first.resource.totalBytes)
    return first;
  const { response, finalUrl } = first.opened;
  const decoding = encodingOfFile({ headers: response.headers, url: finalUrl });
  if (decoding === null) return first;
  const body = new PeekedBody(response.body);
  const isTwice = await body.isCompressedTwice(decoding, signal);
  const opened = { ...first.opened, response: { ...response, body } };
  if (!isTwice) return { ...first, opened };
  const { checksums: _ofTheOuter, ...outer } = first.resource;
  const resource = { ...outer, totalBytes: null, ranges: 'refused', contentEncoding: decoding } as const;
  return { ...first, opened, resource, decoding, lengthBytes: null };
}

/** @returns null for an answer that brings none of the bytes that were asked for */
function judgeFirst(opened: Admitted['opened'], range: SequenceSpec['range']): FirstAnswer | null {
  const { verdict } = opened;
  const asked = (range?.last === undefined ? range?.end : null) ?? Number.POSITIVE_INFINITY;
  const isWanted = range?.last === undefined ? (range?.start ?? 0) === 0 : isWithin(verdict, range.last);
  if (verdict.kind === 'whole' && isWanted) {
    const { resource } = verdict;
    const lengthBytes = resource.totalBytes === null ? null : Math.min(asked, resource.totalBytes);
    return { opened, resource, decoding: null, skipBytes: 0, start: 0, lengthBytes };
  }
  if (verdict.kind === 'part') {
    const { resource, start, end } = verdict;
    const until = Math.min(asked, resource.totalBytes ?? end);
    return { opened, resource, decoding: null, skipBytes: 0, start, lengthBytes: until - start };
  }
  if (verdict.kind === 'refused' && verdict.encoded !== undefined) {
    const { resource, decoding } = verdict.encoded;
    return { opened, resource, decoding, skipBytes: 0, start: 0, lengthBytes: null };
  }
  return null;
}

/** All of it is no more than was wanted of its end. */
function isWithin(verdict: OpenedResponse['verdict'], last: number): boolean {
  return verdict.kind === 'whole' && verdict.resource.totalBytes !== null && verdict.resource.totalBytes <= last;
}

/** What a server says of the whole says nothing of a part of it. */
function expectationOf(spec: SequenceSpec, { resource }: FirstAnswer): Expectation | null {
  return expectedChecksum(spec.checksum, spec.range === null ? resource : null);
}

function compare({ checksum, from }: Expectation, actual: string | null): void {
  const { algorithm, hex: expected } = checksum;
  if (actual === expected) return;
  throw new SluiceError('checksum-mismatch', `${algorithm} differs from what the ${from} said`, {
    facts: { algorithm, expected, actual: actual ?? '', from },
  });
}
