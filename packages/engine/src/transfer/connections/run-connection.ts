/** One connection's work on one segment: ask, check, then move bytes until the segment's end. */
import { SluiceError } from '../../errors.ts';

import { pipeDecoded } from '../body/decoding-sink.ts';
import { openRanged } from '../request/open-ranged.ts';
import { OverlapProof } from '../proof/overlap-proof.ts';

import { SeamSink } from '../body/seam-sink.ts';
import { SegmentWriter } from '../body/segment-writer.ts';
import { createThrottle } from './throttle.ts';
import type { FirstBody, RunConnectionOptions } from './run-connection-options.ts';

/** How long a stream that has delivered its segment waits for the bytes that it is compared with. */
const seamMs = 500;

/**
 * - `done`: the segment as it was or as it was cut is on disk, or the server ended early and cleanly.
 * - `ended`: a body of unknown length came to its proper end.
 * - `failed`: what arrived before is on disk. `isOfBody`: the answer was let through, and its bytes were at fault.
 */
export type ConnectionEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'ended' }
  | { readonly kind: 'failed'; readonly error: unknown; readonly isOfBody: boolean };

/** Never rejects but for a failed write: then the disk, not the connection, is at fault. */
export async function runConnection(options: RunConnectionOptions, signal: AbortSignal): Promise<ConnectionEnd> {
  const { segment, working, ports, limits } = options;
  const throttle = createThrottle(limits, { signal, onArrived: options.onArrived });
  const writer = new SegmentWriter({
    start: segment.position,
    end: segment.end,
    partial: working.partial,
    ledger: working.ledger,
    pool: ports.pool,
    throttle,
    onBackpressure: options.onBackpressure,
  });
  options.board.assign(segment, writer);
  const end = await moveBytes(options, writer, signal);
  await writer.finish();
  return end;
}

async function moveBytes(
  options: RunConnectionOptions,
  writer: SegmentWriter,
  signal: AbortSignal,
): Promise<ConnectionEnd> {
  let isOfBody = false;
  try {
    const first = options.first ?? (await openRanged(options, writer, signal));
    isOfBody = true;
    if (first.from !== undefined) options.trust.note(first.from, writer);
    const how = await pipe(options, { first, writer }, signal);
    if (how === 'end' && writer.end === Number.POSITIVE_INFINITY) return { kind: 'ended' };
    if (how === 'end' && writer.position === writer.start) throw new SluiceError('body-short', 'an empty part');
    return { kind: 'done' };
  } catch (error) {
    return { kind: 'failed', error, isOfBody };
  }
}

async function pipe(
  options: RunConnectionOptions,
  { first, writer }: { readonly first: FirstBody; readonly writer: SegmentWriter },
  signal: AbortSignal,
): Promise<'end' | 'enough'> {
  if (first.decoding !== null) return pipeDecoded(first.body, { decoding: first.decoding, rest: writer }, signal);
  const { partial, ledger } = options.working;
  const over = new AbortController();
  const leave = new AbortController();
  const seam = new SeamSink(writer, {
    partial,
    covered: () => ledger.covered(),
    until: first.until ?? Number.POSITIVE_INFINITY,
    takeBack: options.takeBack,
    onReached: () => {
      options.ports.clock.sleep(seamMs, over.signal).then(
        () => leave.abort(),
        () => {},
      );
    },
  });
  const range = { from: first.bodyStart, until: first.start };
  const needsProof = first.bodyStart < first.start;
  try {
    const how = await first.body.pipeTo(
      needsProof ? new OverlapProof(partial, seam, range) : seam,
      AbortSignal.any([signal, leave.signal]),
    );
    await seam.end();
    return how;
  } catch (error) {
    // All that was to be written has come.
    if (leave.signal.aborted && !signal.aborted) return 'enough';
    if (seam.isBroken) options.trust.lieSomewhere();
    else if (first.from !== undefined && isLie(error, first)) {
      options.trust.lie(first.from);
      throw new SluiceError('range-mismatch', 'a part is not what it says', { cause: error });
    }
    throw error;
  } finally {
    over.abort();
  }
}

/** More than it said, or other bytes than those on disk although its validators vouch for them. */
function isLie(error: unknown, { isVouchedFor = false }: FirstBody): boolean {
  if (!(error instanceof SluiceError)) return false;
  return error.code === 'range-mismatch' || (error.code === 'resource-changed' && isVouchedFor);
}
