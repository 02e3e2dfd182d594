/**
 * Tells a server that lets no more connections in from one that answered badly once: what the failures of a run's
 * connections say, beside others that work, of how many it takes.
 */
import type { ErrorCode } from '@sluice/contract';

/** A server that says so needs no second try. */
const plainRefusals: ReadonlySet<ErrorCode> = new Set([
  'http-too-many-requests',
  'http-unavailable',
  'connect-refused',
]);
/** As many answers in a row that brought nothing are no accident. */
const tellingSlips = 2;
/** As many connections in a row that broke when a younger one came are no accident. */
const tellingDisplacements = 3;
/** Connections that have worked side by side for this long show that none has to give way to another. */
const provedSideBySideMs = 2000;
/** A connection breaks because of a younger one soon after that has come, or not at all. */
const displacedWithinMs = 1000;

export interface SetbackState {
  /** Further connections in a row that brought nothing. */
  readonly slips: number;
  readonly displacements: number;
  /** The fewest connections that were left when one of them broke. */
  readonly survivors: number;
  /** Since when at least two connections deliver. */
  readonly sideBySideSinceMs: number | null;
}

export const noSetbacks: SetbackState = { slips: 0, displacements: 0, survivors: 0, sideBySideSinceMs: null };

/** A connection that failed beside others that are still open. */
export interface Setback {
  readonly code: ErrorCode;
  readonly deliveredBytes: number;
  readonly othersOpen: number;
  /** Of the youngest connection that is still open and began after this one; null when all are older. */
  readonly youngestAgeMs: number | null;
  /** From a request to its first byte. */
  readonly latencyMs: number;
}

export interface SetbackVerdict {
  readonly state: SetbackState;
  /** Further connections that the server has turned down, as far as this shows. */
  readonly refused: number;
  /** How many it keeps open at most; null when this does not show it. */
  readonly letsIn: number | null;
}

export function noteSetback(state: SetbackState, setback: Setback): SetbackVerdict {
  if (setback.deliveredBytes === 0) return noteSlip(state, setback);
  const { youngestAgeMs, latencyMs, othersOpen } = setback;
  const isBreak = setback.code === 'connection-reset' || setback.code === 'body-short';
  const isSoon = youngestAgeMs !== null && youngestAgeMs <= Math.max(displacedWithinMs, 4 * latencyMs);
  if (!isBreak || !isSoon) return { state, refused: 0, letsIn: null };
  const displacements = state.displacements + 1;
  const survivors = state.displacements === 0 ? othersOpen : Math.min(state.survivors, othersOpen);
  const isTelling = displacements >= tellingDisplacements;
  return {
    state: { ...state, displacements, survivors },
    refused: isTelling ? 1 : 0,
    letsIn: isTelling ? survivors : null,
  };
}

function noteSlip(state: SetbackState, { code }: Setback): SetbackVerdict {
  const slips = state.slips + 1;
  const isTelling = plainRefusals.has(code) || slips >= tellingSlips;
  // What was taken for an accident until now counts as well.
  const refused = !isTelling ? 0 : slips === tellingSlips && !plainRefusals.has(code) ? tellingSlips : 1;
  return { state: { ...state, slips }, refused, letsIn: null };
}

/** A further connection has brought its first byte: what was answered badly before was an accident. */
export function noteBegun(state: SetbackState): SetbackState {
  return state.slips === 0 ? state : { ...state, slips: 0 };
}

/** @param delivering connections that have brought a byte and are open */
export function noteDelivering(state: SetbackState, delivering: number, atMs: number): SetbackState {
  if (delivering < 2) return state.sideBySideSinceMs === null ? state : { ...state, sideBySideSinceMs: null };
  const sideBySideSinceMs = state.sideBySideSinceMs ?? atMs;
  const isProved = atMs - sideBySideSinceMs >= provedSideBySideMs;
  return { ...state, sideBySideSinceMs, displacements: isProved ? 0 : state.displacements };
}
