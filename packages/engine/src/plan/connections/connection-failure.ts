/** Decides what the failure of one connection means for a run that may have others. */
import { type ErrorCode, errorTraits } from '@sluice/contract';
import { classify, SluiceError } from '../../errors.ts';
import { isFaultOfLink } from './link-faults.ts';
import type { Resource } from '../response/resource.ts';
import { hasStrongTag } from '../response/validators.ts';

/** The bytes of a further connection are of another version, or nothing tells. One from another place may be an accident. */
const unjoinable: ReadonlySet<ErrorCode> = new Set(['resource-changed', 'resume-unproved', 'range-ignored']);

/**
 * - `stop`: the run ends with this error.
 * - `carry-on`: the others take over what is left.
 * - `no-further`: the same, and no further connection makes sense in this run: what they bring cannot be joined.
 * - `turned-away`: the same, and it brought nothing.
 * - `fewer`: the same, and this side has no room for as many.
 * - `ask-link`: where the link led to has expired; the link itself may lead on.
 * - `replace`: it was the only one, and another may continue where it ended.
 * - `replace-later`: the same, when the server has noticed that it serves no other any more.
 */
export type FailureVerdict =
  | 'stop'
  | 'carry-on'
  | 'no-further'
  | 'turned-away'
  | 'fewer'
  | 'ask-link'
  | 'replace'
  | 'replace-later';

export interface FailureFacts {
  readonly resource: Resource;
  /** Connections that are still open. */
  readonly othersOpen: number;
  readonly deliveredBytes: number;
  /** The request went to where the link had led, not to the link itself. */
  readonly wasRedirected: boolean;
  /** Its body had begun: what is wrong is wrong with the bytes. */
  readonly isOfBody: boolean;
  /** Only the first response of the run has brought bytes. */
  readonly isFirstAlone: boolean;
  /** The server's host is in a cooldown. */
  readonly isCoolingDown: boolean;
  /** This is how the server turned further connections away in this run, and it was not asked again too often since. */
  readonly isKnownRefusal: boolean;
}

/** A server's or the network's trouble costs a connection; only a run without any other ends with it. */
export function judgeFailure(error: unknown, facts: FailureFacts): FailureVerdict {
  if (!(error instanceof SluiceError) || isFatal(error)) return 'stop';
  if (error.code === 'resource-changed' && !costsConnectionOnly(facts)) return 'stop';
  // The first stream's version is fetched to its end, whatever others come to meanwhile.
  if (facts.othersOpen > 0 && unjoinable.has(error.code)) return 'no-further';
  if (facts.othersOpen > 0 && isShortage(error)) return 'fewer';
  if (facts.othersOpen > 0) return facts.deliveredBytes === 0 ? 'turned-away' : 'carry-on';
  if (facts.resource.ranges === 'refused' || facts.isCoolingDown || error.code === 'resource-changed') return 'stop';
  if (facts.isKnownRefusal) return 'replace-later';
  if (error.code.startsWith('http-') && facts.wasRedirected) return 'ask-link';
  return facts.deliveredBytes > 0 && errorTraits[error.code].others === 'replace' ? 'replace' : 'stop';
}

/**
 * A further connection that meets another version by its head is only too late. Bytes that differ where the head
 * said the same, and a change under validators that may miss one, put in doubt what others have brought as well.
 */
function costsConnectionOnly({ isOfBody, isFirstAlone, resource }: FailureFacts): boolean {
  return isFirstAlone || (!isOfBody && hasStrongTag(resource));
}

/** This machine has no descriptor or no memory left for one more: it has again when a connection ends. */
const shortages: ReadonlySet<ErrorCode> = new Set(['too-many-files', 'file-busy']);

/** Whether fewer connections get around it. It says nothing of the server. */
export function isShortage(error: unknown): error is SluiceError {
  return error instanceof SluiceError && shortages.has(error.code);
}

/** Errors that no other connection of this run could get around: this side is at fault, or its disk. */
export function isFatal(error: unknown): boolean {
  return !isFaultOfLink(error) && !isShortage(error);
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

/** A mirror is optional: the run continues without it rather than ask it again and again. */
export function judgeMirrorFailure(error: unknown, facts: MirrorFacts): MirrorVerdict {
  if (isShortage(error)) return facts.othersOpen > 0 ? 'no-more' : 'give-up';
  if (!isFaultOfLink(error)) return 'stop';
  const isLasting = classify(error) !== 'transient' && !error.code.startsWith('http-');
  if (isLasting || facts.failures >= mostMirrorFailures) return 'give-up';
  if (facts.deliveredBytes > 0) return 'carry-on';
  return facts.othersOpen > 0 ? 'no-more' : 'give-up';
}
