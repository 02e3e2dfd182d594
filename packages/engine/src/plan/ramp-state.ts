/** What the connection ramp sees and what it remembers. */

/** One look at a running download. */
export interface RampSample {
  /** Monotonic. */
  readonly atMs: number;
  /** In total, over all connections. */
  readonly receivedBytes: number;
  /** Connections that have delivered at least one byte of their body and are not over. */
  readonly openConnections: number;
  /** New connections the server turned down (503, 429, reset before the first byte) since the last sample. */
  readonly refusedSinceLast: number;
  /** This side made the connections wait since the last sample: a speed limit, a slow disk. */
  readonly heldBack?: boolean;
}

/** The previous sample, and what is needed to tell silence from a late look. */
export interface RampMark {
  readonly atMs: number;
  readonly receivedBytes: number;
  /** When bytes were last seen to have come. */
  readonly grewAtMs: number;
  /** Between the last two samples; 0 after the first. */
  readonly intervalMs: number;
}

export type RampPhase =
  /** Waits until the wanted connections deliver. */
  | { readonly kind: 'opening'; readonly sinceMs: number | null; readonly isProbe: boolean }
  /** Sees what they bring. */
  | {
      readonly kind: 'measuring';
      readonly fromMs: number;
      readonly fromBytes: number;
      readonly isProbe: boolean;
    }
  /** Content; the pace is measured from `fromMs` on, and a little more is tried at `probeAtMs`. */
  | { readonly kind: 'settled'; readonly fromMs: number; readonly fromBytes: number; readonly probeAtMs: number };

export interface RampState {
  readonly phase: RampPhase;
  /** The user's number. */
  readonly ceiling: number;
  /** How many the server lets in, as far as it has shown; the ceiling or less. */
  readonly allowed: number;
  readonly wanted: number;
  /** Started from an earlier download's lesson, and not measured yet. */
  readonly isLearned: boolean;
  /** The last level that was worth its connections, and its pace; null before the first measure. */
  readonly paid: { readonly level: number; readonly bytesPerSecond: number } | null;
  readonly last: RampMark | null;
  /** How long to stay content before trying more; grows while trying does not pay. */
  readonly probeIntervalMs: number;
}
