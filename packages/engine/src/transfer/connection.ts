/** One connection's work on one segment: ask, check, then move bytes until the segment's end. */
import { SluiceError } from '../errors.ts';
import type { Decoding } from '../plan/encoding.ts';
import { joinRule } from '../plan/join-rule.ts';
import type { ByteRange } from '../plan/range.ts';
import { saysWhereItBegins } from '../plan/resource.ts';
import type { OpenFile } from '../ports/files.ts';
import type { HttpBody } from '../ports/http.ts';
import { pipeDecoded } from './decoding-sink.ts';
import { openResponse } from './open-response.ts';
import { OverlapProof } from './overlap-proof.ts';
import type { RunLimits, RunPorts } from './run-context.ts';
import type { Segment, SegmentBoard } from './segment-board.ts';
import { SegmentWriter } from './segment-writer.ts';
import { createThrottle } from './throttle.ts';
import type { Source } from './source.ts';
import type { WorkingFile } from './working-file.ts';

const mostOverlapBytes = 64 * 1024;

/** A body that is open already and was judged. */
export interface FirstBody {
  readonly body: HttpBody;
  /** Offset of the body's first byte in the resource. */
  readonly bodyStart: number;
  /** Where the segment starts; bytes before it are compared with the disk. */
  readonly start: number;
  /** What has to be undone on the way; then the length in bytes says nothing of the file's. */
  readonly decoding: Decoding | null;
}

export interface ConnectionTask {
  readonly ports: Pick<RunPorts, 'http' | 'clock' | 'pool'>;
  readonly limits: RunLimits;
  readonly working: Pick<WorkingFile, 'partial' | 'ledger'>;
  readonly board: SegmentBoard;
  readonly segment: Segment;
  readonly first: FirstBody | null;
  /** Where to send the request, and what its answer must be a part of. */
  readonly source: Source;
  readonly onArrived: (sizeBytes: number) => void;
  /** The reader must wait for this side. */
  readonly onHeldBack: (until: Promise<unknown>) => void;
}

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
export async function runConnection(task: ConnectionTask, signal: AbortSignal): Promise<ConnectionEnd> {
  const { segment, working, ports, limits } = task;
  const throttle = createThrottle(limits, { signal, onArrived: task.onArrived });
  const writer = new SegmentWriter({
    start: segment.position,
    end: segment.end,
    partial: working.partial,
    ledger: working.ledger,
    pool: ports.pool,
    throttle,
    onHeldBack: task.onHeldBack,
  });
  task.board.assign(segment, writer);
  const end = await moveBytes(task, writer, signal);
  await writer.finish();
  return end;
}

async function moveBytes(task: ConnectionTask, writer: SegmentWriter, signal: AbortSignal): Promise<ConnectionEnd> {
  let isOfBody = false;
  try {
    const first = task.first ?? (await openRanged(task, writer, signal));
    isOfBody = true;
    const how = await pipe(first, { writer, partial: task.working.partial, signal });
    if (how === 'end' && writer.end === Number.POSITIVE_INFINITY) return { kind: 'ended' };
    if (how === 'end' && writer.position === writer.start) throw new SluiceError('body-short', 'an empty part');
    return { kind: 'done' };
  } catch (error) {
    return { kind: 'failed', error, isOfBody };
  }
}

async function pipe(
  first: FirstBody,
  to: { readonly writer: SegmentWriter; readonly partial: OpenFile; readonly signal: AbortSignal },
): Promise<'end' | 'enough'> {
  const { writer, partial, signal } = to;
  if (first.decoding !== null) return pipeDecoded(first.body, { decoding: first.decoding, rest: writer }, signal);
  const needsProof = first.bodyStart < first.start;
  const range = { from: first.bodyStart, until: first.start };
  return first.body.pipeTo(needsProof ? new OverlapProof(partial, writer, range) : writer, signal);
}

/** A further connection's request: only a 206 of the same version, from exactly here, is let through. */
async function openRanged(task: ConnectionTask, writer: SegmentWriter, signal: AbortSignal): Promise<FirstBody> {
  const { url, request, resource: known } = task.source;
  // What a validator cannot tell, the bytes right before can, where there are any.
  const overlapBytes = bytesBefore(task.working.ledger.covered(), writer.position);
  if (writer.position > 0 && overlapBytes === 0 && !saysWhereItBegins(known)) throw nothingToCompare();
  const range = { start: writer.position - overlapBytes, end: Number.isFinite(writer.end) ? writer.end : null };
  const opened = await openResponse(task.ports, request, { ask: { url, range, known }, signal });
  const { verdict, response } = opened;
  const rule = verdict.kind === 'part' ? joinRule(known, verdict.resource) : 'never';
  if (verdict.kind === 'part' && (rule === 'at-once' || (rule === 'behind-overlap' && overlapBytes > 0))) {
    return { body: response.body, bodyStart: verdict.start, start: writer.position, decoding: null };
  }
  response.body.discard();
  switch (verdict.kind) {
    case 'whole':
      throw verdict.version === 'changed'
        ? new SluiceError('resource-changed', 'a whole body of another version')
        : new SluiceError('range-ignored', 'a ranged request was answered with the whole body');
    case 'part':
      throw nothingToCompare();
    case 'nothing-left':
      throw new SluiceError('range-not-satisfiable');
    case 'failed':
      if (verdict.retryAfterMs !== null) task.source.startCooldown(verdict.retryAfterMs);
      throw new SluiceError(verdict.code, undefined, { facts: verdict.facts });
    case 'refused':
      throw new SluiceError(verdict.code, undefined, { facts: verdict.facts ?? {} });
    default:
      return verdict satisfies never;
  }
}

function nothingToCompare(): SluiceError {
  return new SluiceError(
    'resume-unproved',
    'no validator confirms the part, and nothing before it is there to compare',
  );
}

/** How much of what is on disk right before this place there is to compare. */
function bytesBefore(covered: readonly ByteRange[], position: number): number {
  const before = covered.find(({ start, end }) => start < position && position <= end);
  return before === undefined ? 0 : Math.min(mostOverlapBytes, position - before.start);
}
