/** A further connection's request: only a part of the same version, from exactly here, of a host that keeps its word. */
import { SluiceError } from '../../errors.ts';
import { joinRule } from '../../plan/ranges/join-rule.ts';
import type { ByteRange } from '../../plan/ranges/range.ts';
import { saysWhereItBegins } from '../../plan/response/resource.ts';
import { hasStrongTag } from '../../plan/response/validators.ts';
import type { RunConnectionOptions, FirstBody } from '../connections/run-connection-options.ts';
import { type OpenedResponse, openResponse } from './open-response.ts';
import { proveRanges } from '../proof/prove-ranges.ts';
import type { SegmentWriter } from '../body/segment-writer.ts';
import { tells } from '../proof/telling-window.ts';

const overlapBytes = 64 * 1024;
/** Enough where a strong tag and the host's own proof vouch for the rest. */
const leastOverlapBytes = 8 * 1024;

/** @throws SluiceError what keeps the part from being joined; `signal.reason` when aborted */
export async function openRanged(
  options: RunConnectionOptions,
  writer: SegmentWriter,
  signal: AbortSignal,
): Promise<FirstBody> {
  const { trust, working } = options;
  const { url, request, resource: known } = options.source;
  if (trust.isLying(url)) throw new SluiceError('range-ignored', 'its ranges are not what they say');
  const overlap = overlapBefore(working.ledger.covered(), writer.position, {
    sizeBytes: hasStrongTag(known) && trust.isProved(url) ? leastOverlapBytes : overlapBytes,
  });
  const hasOverlap = overlap.start < overlap.end;
  if (writer.position > 0 && !hasOverlap && !saysWhereItBegins(known)) throw nothingToCompare();
  const provesItself = hasOverlap && (await tells(working.partial, overlap));
  if (!provesItself && !trust.isProved(url) && trust.underWay(url) === null) await proveHost(options, url, signal);
  refuseIfTakenBack(writer);
  const range = { start: overlap.start, end: Number.isFinite(writer.end) ? writer.end : null };
  const opened = await openResponse(options.ports, request, { ask: { url, range, known }, signal });
  try {
    refuseUnless(opened, options, hasOverlap);
    if (!provesItself) await untilProved(options, opened.finalUrl, signal);
    refuseIfTakenBack(writer);
  } catch (error) {
    opened.response.body.discard();
    throw error;
  }
  const { finalUrl: from, response, verdict } = opened;
  const isVouchedFor = verdict.kind === 'part' && verdict.version === 'same';
  return {
    body: response.body,
    bodyStart: overlap.start,
    start: writer.position,
    decoding: null,
    from,
    isVouchedFor,
    until: range.end ?? Number.POSITIVE_INFINITY,
  };
}

/** A host that another one redirects to has to prove itself as well, while the body that it has begun waits. */
async function untilProved(options: RunConnectionOptions, finalUrl: string, signal: AbortSignal): Promise<void> {
  const { trust } = options;
  while (!trust.isProved(finalUrl)) {
    signal.throwIfAborted();
    if (trust.isLying(finalUrl)) throw new SluiceError('range-mismatch', 'its ranges are not what they say');
    const underWay = trust.underWay(finalUrl);
    if (underWay === null) await proveHost(options, finalUrl, signal);
    else await settledOrAborted(underWay, signal);
    // One that redirects every request is not waited for.
    if (underWay === null && !trust.isProved(finalUrl)) throw nothingToCompare();
  }
}

function proveHost(options: RunConnectionOptions, url: string, signal: AbortSignal): Promise<void> {
  const { ports, source, working, trust } = options;
  const { request, resource: known } = source;
  const covered = working.ledger.covered();
  const question = { ports, request, url, known, partial: working.partial, covered, trust };
  return trust.during(url, proveRanges(question, signal));
}

async function settledOrAborted(promise: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function refuseUnless({ verdict }: OpenedResponse, { source }: RunConnectionOptions, hasOverlap: boolean): void {
  switch (verdict.kind) {
    case 'whole':
      throw verdict.version === 'changed'
        ? new SluiceError('resource-changed', 'a whole body of another version')
        : new SluiceError('range-ignored', 'a ranged request was answered with the whole body');
    case 'part': {
      const rule = joinRule(source.resource, verdict.resource);
      if (rule === 'never' || (rule === 'behind-overlap' && !hasOverlap)) throw nothingToCompare();
      return;
    }
    case 'nothing-left':
      throw new SluiceError('range-not-satisfiable');
    case 'failed':
      if (verdict.retryAfterMs !== null) source.startCooldown(verdict.retryAfterMs);
      throw new SluiceError(verdict.code, undefined, { facts: verdict.facts });
    case 'refused':
      throw new SluiceError(verdict.code, undefined, { facts: verdict.facts ?? {} });
    default:
      verdict satisfies never;
  }
}

/** The stream before it was sooner: nothing is missed. */
function refuseIfTakenBack({ position, end }: SegmentWriter): void {
  if (position >= end) throw new SluiceError('stalled', 'another connection was sooner');
}

function nothingToCompare(): SluiceError {
  return new SluiceError(
    'resume-unproved',
    'no validator confirms the part, and nothing before it is there to compare',
  );
}

/** What is on disk right before this place; empty where nothing is. */
function overlapBefore(
  covered: readonly ByteRange[],
  position: number,
  { sizeBytes }: { readonly sizeBytes: number },
): ByteRange {
  const before = covered.find(({ start, end }) => start < position && position <= end);
  return { start: before === undefined ? position : Math.max(before.start, position - sizeBytes), end: position };
}
