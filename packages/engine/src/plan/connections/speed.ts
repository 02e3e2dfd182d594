/** Measures speed for people to read: smooth, never negative, deaf to clocks that jump. */

/** After this long a sudden change shows by about two thirds. */
const timeConstantMs = 2000;

/** A silence between samples longer than this was a sleep of the machine, not a slow transfer. */
const maxGapMs = 30_000;

export class SpeedMeter {
  #atMs: number | null = null;
  #receivedBytes = 0;
  #weight = 0;
  #average = 0;

  /**
   * @param atMs by a monotonic clock; a sample from before the last one only moves the starting point
   * @param receivedBytes in total so far; a total that fell (a restart) counts from there
   */
  sample(atMs: number, receivedBytes: number): void {
    const previousMs = this.#atMs;
    const gainedBytes = receivedBytes - this.#receivedBytes;
    const elapsedMs = previousMs === null ? 0 : atMs - previousMs;
    if (previousMs !== null && elapsedMs === 0) return;
    this.#atMs = atMs;
    this.#receivedBytes = receivedBytes;
    if (previousMs === null || elapsedMs < 0 || elapsedMs > maxGapMs || gainedBytes < 0) return;
    const share = 1 - Math.exp(-elapsedMs / timeConstantMs);
    this.#average += share * ((gainedBytes * 1000) / elapsedMs - this.#average);
    this.#weight += share * (1 - this.#weight);
  }

  /** 0 before the second sample. The first samples count in full: the average does not have to climb from zero. */
  get bytesPerSecond(): number {
    return this.#weight === 0 ? 0 : Math.max(0, this.#average / this.#weight);
  }

  /** Forgets everything, for a new run. */
  reset(): void {
    this.#atMs = null;
    this.#receivedBytes = 0;
    this.#weight = 0;
    this.#average = 0;
  }
}

/** Time left at this speed; null when the size is unknown or nothing moves. */
export function remainingMs(progress: {
  readonly totalBytes: number | null;
  readonly receivedBytes: number;
  readonly bytesPerSecond: number;
}): number | null {
  if (progress.totalBytes === null) return null;
  const leftBytes = Math.max(0, progress.totalBytes - progress.receivedBytes);
  if (leftBytes === 0) return 0;
  return progress.bytesPerSecond > 0 ? Math.ceil((leftBytes / progress.bytesPerSecond) * 1000) : null;
}
