/** Asks for a short range of what is on disk, and compares it: nothing is written. */
import { SluiceError } from '../../errors.ts';
import { joinRule } from '../../plan/ranges/join-rule.ts';
import type { ByteRange } from '../../plan/ranges/range.ts';
import type { Resource } from '../../plan/response/resource.ts';
import type { OpenFile } from '../../ports/files.ts';
import type { BodySink } from '../../ports/http.ts';
import { type OpenedResponse, openResponse, type RequestBase } from '../request/open-response.ts';
import { OverlapProof } from './overlap-proof.ts';
import { refusalError } from '../request/refusal-error.ts';
import type { RunPorts } from '../run/run-context.ts';

export interface Comparison {
  readonly ports: Pick<RunPorts, 'http' | 'clock'>;
  readonly request: RequestBase;
  readonly url: string;
  readonly known: Resource;
  readonly partial: Pick<OpenFile, 'read'>;
  readonly range: ByteRange;
}

export interface Compared {
  readonly finalUrl: string;
  readonly seen: Resource;
  readonly isEqual: boolean;
}

/**
 * The body is read to its end, so that the connection may serve what follows.
 * @throws SluiceError what kept the range, all of it and of a version that may be the known one, from coming
 */
export async function compareRange(comparison: Comparison, signal: AbortSignal): Promise<Compared> {
  const { ports, request, url, known, partial, range } = comparison;
  const opened = await openResponse(ports, request, { ask: { url, range, known }, signal });
  const { response, finalUrl } = opened;
  try {
    const seen = seenOf(opened);
    const proof = new OverlapProof(partial, nothingMore, { from: range.start, until: range.end });
    const isEqual = await response.body.pipeTo(proof, signal).then(() => true, onDifference);
    if (isEqual && !proof.proved) throw new SluiceError('body-short', 'too little came to compare');
    if (!isEqual) response.body.discard();
    return { finalUrl, seen, isEqual };
  } catch (error) {
    response.body.discard();
    throw error;
  }
}

function seenOf(opened: OpenedResponse): Resource {
  const { verdict } = opened;
  if (verdict.kind === 'whole') {
    throw verdict.version === 'changed'
      ? new SluiceError('resource-changed', 'a whole body of another version')
      : new SluiceError('range-ignored', 'the whole file came where a range was asked');
  }
  if (verdict.kind !== 'part') throw refusalError(opened);
  return verdict.resource;
}

/** Bytes that differ, and a body longer than its own Content-Range, are answers that are not what they say. */
function onDifference(error: unknown): false {
  if (isDifference(error)) return false;
  throw error;
}

export function isDifference(error: unknown): error is SluiceError {
  return error instanceof SluiceError && (error.code === 'resource-changed' || error.code === 'range-mismatch');
}

/** Whether what the answer says of itself would let a part of it in where nothing before it is on disk. */
export function joinsAtOnce(known: Resource, seen: Resource): boolean {
  return joinRule(known, seen) === 'at-once';
}

const nothingMore: BodySink = { space: () => new Uint8Array(1), advance: () => 'enough' };
