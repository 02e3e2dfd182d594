/** Tells a network that is away from a server that is: no attempt is used up while there is no way to any server. */
import type { ErrorCode } from '@sluice/contract';

/** Said by this machine, not by a server: no route, no name server, or its host is gone. */
const saidByThisMachine: ReadonlySet<ErrorCode> = new Set(['unreachable', 'dns-temporary', 'disconnected']);

/** A server may be behind these; without any way out they are the network's. */
const saidByEither: ReadonlySet<ErrorCode> = new Set([
  'dns-not-found',
  'connect-refused',
  'connect-timeout',
  'connection-reset',
  'stalled',
  'tls-failed',
  'proxy-failed',
  'body-short',
]);

/** A firewall's word, or an address that this machine does not have: they do not pass by waiting. */
const refusals: ReadonlySet<unknown> = new Set(['EACCES', 'EPERM', 'EADDRNOTAVAIL']);

export interface NetworkAwayOptions {
  readonly code: ErrorCode;
  readonly facts?: Readonly<Record<string, string | number>> | undefined;
  /** Whether this machine has any address that others could answer to. */
  readonly hasWayOut: boolean;
}

export function isNetworkAway({ code, facts = {}, hasWayOut }: NetworkAwayOptions): boolean {
  if (isOwnMachine(String(facts['host'] ?? ''))) return false;
  if (saidByThisMachine.has(code)) return !refusals.has(facts['reason']);
  return !hasWayOut && saidByEither.has(code);
}

/** Its network is never away. */
function isOwnMachine(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || host.startsWith('127.');
}

/** A try without a network costs almost nothing, so it is repeated soon. */
const awayRetryMs = 3000;
/** For the first minute; what takes longer may take hours. */
const quickTries = 20;

/** @param losses tries in a row that found the network away, this one included */
export function awayDelayMs(losses: number, maxDelayMs: number): number {
  const doublings = Math.min(30, Math.max(0, losses - quickTries));
  return Math.max(awayRetryMs, Math.min(maxDelayMs, awayRetryMs * 2 ** doublings));
}
