/** A sampled view of a run for people; never used to resume. */
export interface Progress {
  readonly receivedBytes: number;
  readonly speedBytesPerSecond: number;
  readonly remainingMs: number | null;
  readonly connections: number;
}

export function restingProgress(receivedBytes: number): Progress {
  return { receivedBytes, speedBytesPerSecond: 0, remainingMs: null, connections: 0 };
}
