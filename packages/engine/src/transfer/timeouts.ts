/** How long a run waits for a server before it does something about it. */
export interface Timeouts {
  /** From a request to the head of its answer: name look-up, TCP, TLS and the server's thinking. */
  readonly headTimeoutMs: number;
  /** The longest silence of a lone connection. */
  readonly idleTimeoutMs: number;
  /** The longest silence of one connection beside others that work: then it alone is replaced. */
  readonly stallTimeoutMs: number;
}

export const defaultTimeouts: Timeouts = { headTimeoutMs: 30_000, idleTimeoutMs: 30_000, stallTimeoutMs: 5000 };
