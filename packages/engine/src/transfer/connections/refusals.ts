/** What a run has seen of connections that a server turned away or ended, and how long it asks for no further one. */
import type { RefusalCause } from '../../download/host-lesson.ts';
import {
  noSetbacks,
  noteBegun,
  noteDelivering,
  noteSetback,
  type Setback,
  type SetbackState,
} from '../../plan/connections/setbacks.ts';

/** How long to wait before the next further connection after a server refused one. */
export const refusedPauseMs = 1000;
/** What may have been an accident is tried again sooner. */
const slipPauseMs = 250;

export class Refusals {
  #setbacks: SetbackState = noSetbacks;
  #cause: RefusalCause | null;
  #hasRefused = false;
  #sinceLast = 0;
  #letsIn = Number.POSITIVE_INFINITY;
  #pausedUntilMs = 0;

  /** @param cause how the server turned further connections away in an earlier run; null when it did not */
  constructor(cause: RefusalCause | null) {
    this.#cause = cause;
  }

  /** How further connections were turned away, in this run or an earlier one. */
  get cause(): RefusalCause | null {
    return this.#cause;
  }

  /** In this run. */
  get hasRefused(): boolean {
    return this.#hasRefused;
  }

  noteBegun(): void {
    this.#setbacks = noteBegun(this.#setbacks);
  }

  noteDelivering(count: number, atMs: number): void {
    this.#setbacks = noteDelivering(this.#setbacks, count, atMs);
  }

  /** One connection less beside others that work: what that says of how many the server takes. */
  noteSetback(setback: Setback, atMs: number): void {
    const { state, refused, letsIn } = noteSetback(this.#setbacks, setback);
    this.#setbacks = state;
    if (refused > 0) {
      this.#cause = letsIn === null ? setback.code : 'displaced';
      this.#hasRefused = true;
    }
    this.#sinceLast += refused;
    if (letsIn !== null) this.#letsIn = Math.min(this.#letsIn, letsIn);
    const pauseMs = refused > 0 ? refusedPauseMs : setback.deliveredBytes === 0 ? slipPauseMs : 0;
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, atMs + pauseMs);
  }

  /** Whether a further connection may be asked for. */
  allowMore(atMs: number): boolean {
    return atMs >= this.#pausedUntilMs;
  }

  /** What the ramp is to know of the time since it was last told. */
  take(): { readonly refusedSinceLast: number; readonly letsIn?: number } {
    const refusedSinceLast = this.#sinceLast;
    const letsIn = this.#letsIn;
    this.#sinceLast = 0;
    this.#letsIn = Number.POSITIVE_INFINITY;
    return { refusedSinceLast, ...(Number.isFinite(letsIn) ? { letsIn } : {}) };
  }
}
