/** Tells a listener of many downloads, no faster than it can take it. */
import type { Caller } from '../caller.ts';
import type { CrowdMeter, CrowdProgress } from './crowd-progress.ts';

const leastEveryMs = 100;

export class CrowdReporter {
  /** May be changed at any time; null for none. */
  listener: ((progress: CrowdProgress) => unknown) | null;
  readonly #meter: CrowdMeter;
  readonly #caller: Caller;
  readonly #everyMs: number;
  #toldAtMs = Number.NEGATIVE_INFINITY;
  #telling: Promise<void> | null = null;

  constructor(
    meter: CrowdMeter,
    options: {
      readonly listener: ((progress: CrowdProgress) => unknown) | null;
      readonly caller: Caller;
      readonly everyMs: number;
    },
  ) {
    this.#meter = meter;
    this.listener = options.listener;
    this.#caller = options.caller;
    this.#everyMs = Math.max(leastEveryMs, options.everyMs);
  }

  /** Something is new: told when it is time. */
  note(): void {
    const nowMs = performance.now();
    if (this.listener === null || this.#telling !== null || nowMs - this.#toldAtMs < this.#everyMs) return;
    this.#toldAtMs = nowMs;
    this.#telling = this.#tell().finally(() => {
      this.#telling = null;
    });
  }

  /** Tells of the end, whatever was told before. */
  async finish(): Promise<void> {
    await this.#telling;
    await this.#tell();
  }

  async #tell(): Promise<void> {
    try {
      await this.#caller.ask(() => this.listener?.(this.#meter.snapshot()));
    } catch {
      // What it threw ends the round, which says so.
    }
  }
}
