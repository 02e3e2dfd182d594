/** Decides what the failure of one connection means for a run that may have others. */
import type { ErrorCode } from '@sluice/contract';
import { classify, SluiceError } from '../errors.ts';
import { isFaultOfLink } from './link-faults.ts';
import type { Resource } from './resource.ts';

/** Failures of the way, not of the answer: the next try may start at once because bytes had come through. */
const replaceable: ReadonlySet<ErrorCode> = new Set([
  'connection-reset',
  'stalled',
  'body-short',
  'tls-failed',
  'connect-timeout',
]);

/** The bytes of a further connection are of another version, of another place, or nothing tells. */
const unjoinable: ReadonlySet<ErrorCode> = new Set([
  'resource-changed',
  'resume-unproved',
  'range-ignored',
  'range-mismatch',
]);

/**
 * - `stop`: the run ends with this error.
 * - `carry-on`: the others take over what is left.
 * - `no-further`: the same, and no further connection makes sense in this run: what they bring cannot be joined.
 * - `turned-away`: the same, and the server lets no more in for now.
 * - `ask-link`: where the link led to has expired; the link itself may lead on.
 * - `replace`: it was the only one, and another may go on where it ended.
 */
export type FailureVerdict = 'stop' | 'carry-on' | 'no-further' | 'turned-away' | 'ask-link' | 'replace';

export interface FailureFacts {
  readonly resource: Resource;
  /** Connections that are still open. */
  readonly othersOpen: number;
  readonly deliveredBytes: number;
  /** The request went to where the link had led, not to the link itself. */
  readonly wasRedirected: boolean;
}

export function judgeFailure(error: unknown, facts: FailureFacts): FailureVerdict {
  if (!(error instanceof SluiceError)) return 'stop';
  // The first stream's version is fetched to its end, whatever others come to meanwhile.
  if (facts.othersOpen > 0 && unjoinable.has(error.code)) return 'no-further';
  if (isFatal(error)) return 'stop';
  if (facts.othersOpen > 0) return facts.deliveredBytes === 0 ? 'turned-away' : 'carry-on';
  if (facts.resource.ranges === 'refused') return 'stop';
  if (error.code.startsWith('http-') && facts.wasRedirected) return 'ask-link';
  return facts.deliveredBytes > 0 && replaceable.has(error.code) ? 'replace' : 'stop';
}

/** Errors that no other connection of this run could get around. */
export function isFatal(error: unknown): boolean {
  if (!(error instanceof SluiceError) || error.code === 'resource-changed') return true;
  return classify(error) !== 'transient' && !error.code.startsWith('http-');
}

/** A mirror whose connections fail this often in one run has helped enough. */
const mostMirrorFailures = 3;

/**
 * - `stop`: this side is at fault, and the run ends with this error.
 * - `give-up`: nothing more is asked of this mirror in this run.
 * - `no-more`: it keeps the connections that it serves, and gets no further one.
 * - `carry-on`: others take over what is left, this mirror among them.
 */
export type MirrorVerdict = 'stop' | 'give-up' | 'no-more' | 'carry-on';

export interface MirrorFacts {
  /** Connections to this mirror that are still open. */
  readonly othersOpen: number;
  readonly deliveredBytes: number;
  /** How many of its connections have failed in this run, with this one. */
  readonly failures: number;
}

/** A mirror only helps: the run goes on without it sooner than it is asked again and again. */
export function judgeMirrorFailure(error: unknown, facts: MirrorFacts): MirrorVerdict {
  if (!isFaultOfLink(error)) return 'stop';
  if (isFatal(error) || facts.failures >= mostMirrorFailures) return 'give-up';
  if (facts.deliveredBytes > 0) return 'carry-on';
  return facts.othersOpen > 0 ? 'no-more' : 'give-up';
}
