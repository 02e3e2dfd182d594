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
  /** As many as the server was seen to keep open, with a refusal only; absent where that is not known. */
  readonly letsIn?: number;
  /** Since the last sample a further link to the same file may take connections. */
  readonly hasNewLink?: boolean;
  /** At some moment since the last sample, or still, this side made a connection wait: a speed limit, a slow disk. */
  readonly wasThrottled?: boolean;
  /** From a request to its first byte, or more; absent while unknown. */
  readonly latencyMs?: number;
}

/** The previous sample, and what is needed to tell silence from a late look. */
export interface RampMark {
  readonly atMs: number;
  readonly receivedBytes: number;
  /** When bytes were last seen to have come, or to be kept from coming by this side. */
  readonly busyAtMs: number;
  /** Between the last two samples; 0 after the first. */
  readonly intervalMs: number;
}

/** A stretch of time over which the pace is measured. */
export interface RampWindow {
  readonly fromMs: number;
  readonly fromBytes: number;
  /** How much of it lies between samples that were held back. */
  readonly throttledMs: number;
}

type RampPhase =
  /** Waits until the wanted connections deliver. */
  | { readonly kind: 'opening'; readonly sinceMs: number | null; readonly isProbe: boolean }
  /** Sees what they bring, once that no longer grows by itself. */
  | {
      readonly kind: 'measuring';
      readonly window: RampWindow;
      readonly isProbe: boolean;
      readonly sinceMs: number;
      /** Of the stretch before the window; null in the first one. */
      readonly earlierBytesPerSecond: number | null;
      readonly isSteady: boolean;
    }
  /** Content; keeps the pace up to date, and tries a little more at `probeAtMs`. */
  | { readonly kind: 'settled'; readonly window: RampWindow; readonly probeAtMs: number };

export interface RampState {
  readonly phase: RampPhase;
  /** The user's number. */
  readonly ceiling: number;
  /** How many the server lets in, as far as it has shown; the ceiling or less. */
  readonly allowed: number;
  readonly wanted: number;
  /** More than this number were turned away in an earlier run, and that was not tried again yet; null when none was. */
  readonly rememberedLimit: number | null;
  /** Started from an earlier download's lesson, and not measured yet. */
  readonly isLearned: boolean;
  /** The server was seen to hold each connection to a pace of its own. */
  readonly isPaced: boolean;
  /** The last level that was worth its connections, and its pace; null before the first measure. */
  readonly baseline: { readonly level: number; readonly bytesPerSecond: number } | null;
  readonly last: RampMark | null;
  /** How long to stay content before trying more; grows while trying does not pay. */
  readonly probeIntervalMs: number;
}
