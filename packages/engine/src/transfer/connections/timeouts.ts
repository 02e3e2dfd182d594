/** How long a run waits for a server before it does something about it. */
import type { RequestOptions, Settings } from '@sluice/contract';

export interface Timeouts {
  /** From a request to the head of its answer: name look-up, TCP, TLS and the server's thinking. */
  readonly headTimeoutMs: number;
  /** The longest silence of a lone connection. */
  readonly idleTimeoutMs: number;
  /** The longest silence of one connection beside others that work: then it alone is replaced. */
  readonly stallTimeoutMs: number;
}

/** The silence after which a connection beside working ones is replaced: it costs little to be wrong. */
const usualStallTimeoutMs = 5000;

/** What the download asks for goes before what its host asks for, and that before the settings. */
export function resolveTimeouts(
  settings: Pick<Settings, 'headTimeoutMs' | 'idleTimeoutMs'>,
  host: Partial<Timeouts>,
  own: RequestOptions['timeouts'] = {},
): Timeouts {
  const idleTimeoutMs = own.idleTimeoutMs ?? host.idleTimeoutMs ?? settings.idleTimeoutMs;
  return {
    headTimeoutMs: own.headTimeoutMs ?? host.headTimeoutMs ?? settings.headTimeoutMs,
    idleTimeoutMs,
    stallTimeoutMs: host.stallTimeoutMs ?? Math.min(usualStallTimeoutMs, idleTimeoutMs),
  };
}
