/** A sampled view of a run for people; never used to resume. */
export interface Progress {
  readonly receivedBytes: number;
  readonly speedBytesPerSecond: number;
  readonly remainingMs: number | null;
  readonly connections: number;
}

const nothingYet: Progress = { receivedBytes: 0, speedBytesPerSecond: 0, remainingMs: null, connections: 0 };

export function restingProgress(receivedBytes: number): Progress {
  if (receivedBytes === 0) return nothingYet;
  return { receivedBytes, speedBytesPerSecond: 0, remainingMs: null, connections: 0 };
}
