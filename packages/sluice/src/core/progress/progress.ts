/** What people are shown of a download while it works. Never used to resume. */

export interface DownloadProgress {
  /** Bytes in hand, those of earlier calls included. */
  readonly receivedBytes: number;
  /** Null while neither the server nor a hint says. */
  readonly totalBytes: number | null;
  /** 0 to 100; null while the total is unknown. */
  readonly percent: number | null;
  readonly bytesPerSecond: number;
  /** Null when it cannot be told. */
  readonly remainingMs: number | null;
  /** The bytes that were there before this call fetched any. */
  readonly resumedFromBytes: number;
}

export type ProgressListener = (progress: DownloadProgress) => unknown;
export type SpeedListener = (bytesPerSecond: number) => unknown;
