/** One attempt to carry a download through, from what is on disk to the finished file. */
import { SluiceError } from '../../errors.ts';
import type { ChecksumAlgorithm } from '@sluice/contract';
import { mayHaveMeantTheRange } from '../../plan/response/doubtful-refusal.ts';
import type { LinkFailure } from '../../plan/connections/link-failures.ts';
import { totalLength } from '../../plan/ranges/ranges.ts';
import { keepCheckpoints } from '../file/checkpoints.ts';
import { runConnections } from '../connections/run-connections.ts';
import { finalise } from '../file/finalise.ts';
import { type First, FirstRequest } from './first-request.ts';
import { blamesRanges } from '../request/refusal-error.ts';
import { prepareRepair } from './repair.ts';
import type { RunPorts } from './run-context.ts';
import { missing, RunState, type RunStateOptions } from './run-state.ts';
import { SegmentBoard } from '../connections/segment-board.ts';
import { type FinishedFile, resumePartial } from './resume-partial.ts';
import { dropEarlier, mayAskAnew, tellChange } from './start-anew.ts';
import { type Expectation, expectedChecksum, verifyChecksum } from '../checksum/verify.ts';
import type { WorkingFile } from '../file/working-file.ts';

/** Who named the checksum that the file was compared with, and by which algorithm. */
export interface Verified {
  readonly algorithm: ChecksumAlgorithm;
  readonly from: Expectation['from'];
  /** Lower-case. */
  readonly hex: string;
}

/** What a run came to. Everything fetched and proved is on disk and claimed in the journal in every case. */
export type Outcome =
  | {
      readonly kind: 'finished';
      readonly fileName: string;
      readonly fileIdentity: string;
      readonly sizeBytes: number;
      readonly verified: Verified | null;
      readonly voucherPath?: string;
      /** Bytes of another version of the file that were on disk until it was finished; null when there were none. */
      readonly replacedBytes: number | null;
    }
  | { readonly kind: 'stopped' }
  | {
      readonly kind: 'failed';
      /** What is wrong, should nothing be tried again. */
      readonly error: SluiceError;
      /** Decides whether and when it is. */
      readonly next: LinkFailure;
      /** The links that answered with a Retry-After. */
      readonly busy: readonly Busy[];
      readonly advanced: boolean;
    };

export interface Busy {
  readonly link: string;
  /** From the end of the run. */
  readonly retryAfterMs: number;
}

/** A resource that keeps changing under the run is given up after this many fresh starts. */
const mostRestarts = 3;
/** A disk that spoils again and again what is written to it is not repaired. */
const mostRepairs = 2;

export async function runDownload(ports: RunPorts, task: RunStateOptions, signal: AbortSignal): Promise<Outcome> {
  const run = new RunState(ports, task, signal);
  let failure: unknown;
  try {
    return await carryOut(run);
  } catch (error) {
    if (signal.aborted) return { kind: 'stopped' };
    failure = error;
  } finally {
    await run.close();
  }
  // What servers asked for is counted from their answers: closing, too, is a part of it.
  return failed(run, failure);
}

function failed(run: RunState, error: unknown): Outcome {
  const known = error instanceof SluiceError ? error : new SluiceError('internal', String(error), { cause: error });
  const { own, next } = run.links.judge(known);
  const busy = run.links.failures.flatMap(({ link, retryAfterMs }) =>
    retryAfterMs === null ? [] : [{ link, retryAfterMs }],
  );
  return { kind: 'failed', error: tellChange(run, own), next, busy, advanced: run.advanced };
}

async function carryOut(run: RunState): Promise<Outcome> {
  const complete = await resumePartial(run);
  if (complete !== null) return { kind: 'finished', verified: null, replacedBytes: null, ...complete };
  for (let repairs = 0; ; repairs += 1) {
    const finished = await fetchRest(run);
    if (finished !== null) return { kind: 'finished', verified: null, replacedBytes: null, ...finished };
    if (run.spec.readsBack === true && (await losesByReading(run))) {
      if (repairs >= mostRepairs) throw new SluiceError('file-changed', 'the disk does not hold what was written');
      continue;
    }
    try {
      return await finish(run);
    } catch (error) {
      if (run.signal.aborted || repairs >= mostRepairs || !(await prepareRepair(run, error))) throw error;
    }
  }
}

/** Reads all back from the disk. @returns whether something is missing now that was there */
async function losesByReading({ working, reports, signal }: RunState): Promise<boolean> {
  reports.phase('verifying');
  if (working === null || (await working.recheck(signal)) === 0) return false;
  reports.received(working.ledger.coveredBytes);
  return true;
}

/** Resolves when nothing is missing any more; with the file, when that needs nothing more to be finished. */
async function fetchRest(run: RunState): Promise<FinishedFile | null> {
  for (let restarts = 0; ; restarts += 1) {
    if (isWhole(run)) return null;
    try {
      run.reports.phase('connecting');
      run.retryAfterMs = null;
      const first = await new FirstRequest(run).send();
      if (first === null) return null;
      if ('fileIdentity' in first) return first;
      run.reports.phase('transferring');
      await transfer(run, first);
      return null;
    } catch (error) {
      if (run.signal.aborted) throw error;
      const startsAgain = restarts < mostRestarts && (await prepareRestart(run, error));
      const cooldownMs = run.cooldownMs();
      if (!startsAgain) run.links.next(error, cooldownMs);
      else if (cooldownMs !== null) await run.ports.clock.sleep(cooldownMs, run.signal);
    }
  }
}

function isWhole({ working, startsAnew }: RunState): boolean {
  if (startsAnew !== null) return false;
  const totalBytes = working?.resource?.totalBytes ?? null;
  return working !== null && totalBytes !== null && working.ledger.coveredBytes === totalBytes;
}

async function transfer(run: RunState, first: First): Promise<void> {
  const { working, ports, reports, limits } = run;
  if (working === null) throw new SluiceError('internal', 'no partial to write to');
  const board = new SegmentBoard(missing(working, first.resource));
  if (board.isDone) return first.body.body.discard();
  run.lookup.begin(first.resource);
  reports.segments(() => board.snapshot(working.ledger.covered()));
  const { current: link, others: mirrors } = run.links;
  const task = {
    trust: run.trust,
    ports,
    reports,
    limits,
    request: run.spec.request,
    link,
    mirrors,
    working,
    board,
    firstLatencyMs: first.latencyMs,
  };
  await keepCheckpoints(
    { working, board, clock: ports.clock },
    (signal) => runConnections({ ...task, resource: first.resource, first: first.body }, signal),
    run.signal,
  );
  if (first.resource.totalBytes === null) {
    const totalBytes = totalLength(working.ledger.covered());
    await working.learn({ ...first.resource, totalBytes });
    run.learned({ ...first.resource, totalBytes });
  }
}

/** Whether a fresh start within this run can get around `error`; if so, prepares it. */
async function prepareRestart(run: RunState, error: unknown): Promise<boolean> {
  const { working } = run;
  if (!(error instanceof SluiceError) || working === null || working.resource === null) return false;
  if (run.trust.mustForget) {
    await run.forgetRanges(working);
    return true;
  }
  if (error.code === 'resource-changed') return mayAskAnew(run);
  if (!working.isFrom(run.links.current)) return false;
  if (error.code === 'range-not-satisfiable') {
    run.doubtsRange = !run.hasAskedPlainly;
    return true;
  }
  // What a further connection cannot prove, a first request may: it compares at more places.
  if (error.code === 'resume-unproved') return true;
  if (blamesRanges(error)) {
    if (run.rangesRefused !== null) return false;
    run.rangesRefused = 'garbled';
    await working.learn({ ...working.resource, ranges: 'refused', refusedBecause: 'garbled' });
    return true;
  }
  if (!mayHaveMeantTheRange(error) || run.hasAskedPlainly) return false;
  run.doubtsRange = (run.spec.request.options.method ?? 'GET') === 'GET';
  return run.doubtsRange;
}

async function finish(run: RunState): Promise<Outcome> {
  const { working, ports, reports, spec } = run;
  if (working === null) throw new SluiceError('internal', 'nothing to finish');
  const verified = await verify(run, working);
  let replacedBytes: number | null = null;
  const finished = await finalise(ports, {
    working,
    spec: run.isBeside ? { ...spec, whenTaken: 'number' } : spec,
    reports,
    beforeForgetting: async () => {
      replacedBytes = await dropEarlier(run);
    },
  });
  run.working = null;
  return { kind: 'finished', verified, replacedBytes, ...finished };
}

/** @returns null without a checksum */
async function verify(run: RunState, working: WorkingFile): Promise<Verified | null> {
  const { resource } = working;
  if (resource?.totalBytes === undefined || resource.totalBytes === null) return null;
  const expectation = expectedChecksum(run.spec.checksum, resource) ?? (await run.lookup.outcome(resource));
  if (expectation === null) return null;
  run.reports.phase('verifying');
  await verifyChecksum(working.partial, expectation, { sizeBytes: resource.totalBytes, signal: run.signal });
  const { algorithm, hex } = expectation.checksum;
  return { algorithm, from: expectation.from, hex };
}
