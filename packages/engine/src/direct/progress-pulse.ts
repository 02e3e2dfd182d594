/** Measures a download while it works and tells of it ten times a second. */
import { SpeedMeter } from '../plan/connections/speed.ts';
import type { Clock } from '../ports/clock.ts';
import type { DirectProgress } from './spec.ts';

const pulseEveryMs = 100;

export class ProgressPulse {
  receivedBytes = 0;
  totalBytes: number | null = null;
  connections = 0;
  resumedFromBytes = 0;
  readonly #clock: Clock;
  readonly #tell: (progress: DirectProgress) => void;
  readonly #meter = new SpeedMeter();
  readonly #stop: () => void;

  constructor(clock: Clock, tell: (progress: DirectProgress) => void) {
    this.#clock = clock;
    this.#tell = tell;
    this.#stop = clock.every(pulseEveryMs, () => this.#beat(), { keepsProcessAlive: false });
  }

  /** Bytes that were found, or given up: they are no speed. */
  setReceived(receivedBytes: number): void {
    this.receivedBytes = receivedBytes;
    this.#meter.reset();
    this.#meter.sample(this.#clock.monotonicMs(), receivedBytes);
  }

  /** Tells once more, and falls silent. */
  end(): void {
    this.#stop();
    this.#beat();
  }

  #beat(): void {
    this.#meter.sample(this.#clock.monotonicMs(), this.receivedBytes);
    const { receivedBytes, totalBytes, connections, resumedFromBytes } = this;
    this.#tell({
      receivedBytes,
      totalBytes,
      connections,
      resumedFromBytes,
      bytesPerSecond: this.#meter.bytesPerSecond,
    });
  }
}
