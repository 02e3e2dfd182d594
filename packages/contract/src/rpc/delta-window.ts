/** Keeps a UI that has stopped reading from piling deltas up in the host: at most a few are under way at any time. */
import type { Delta } from '../events.ts';

/** More than six seconds of deltas at the ten a second an engine sends. */
export const deltasUnderWay = 64;

/**
 * Beyond the window deltas are dropped, except the newest: it is sent as soon as there is room, so that the UI sees
 * the gap in the sequence and asks for a snapshot.
 */
export class DeltaWindow {
  readonly #send: (delta: Delta) => void;
  #underWay = 0;
  #newest: Delta | undefined;

  constructor(send: (delta: Delta) => void) {
    this.#send = send;
  }

  push(delta: Delta): void {
    if (this.#underWay >= deltasUnderWay) {
      this.#newest = delta;
      return;
    }
    this.#underWay += 1;
    this.#send(delta);
  }

  acknowledge(): void {
    this.#underWay = Math.max(0, this.#underWay - 1);
    const newest = this.#newest;
    if (newest === undefined) return;
    this.#newest = undefined;
    this.push(newest);
  }
}
