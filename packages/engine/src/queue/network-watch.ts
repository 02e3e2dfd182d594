/** Notices that the network is back, so that no download waits longer for it than it was away. */
import type { Clock } from '../ports/clock.ts';
import type { Network } from '../ports/network.ts';
import type { Entry } from './entry.ts';

const checkEveryMs = 1000;

export function waitsForNetwork({ state }: Pick<Entry, 'state'>): boolean {
  return state.kind === 'waiting' && state.error.facts?.['network'] === 'away';
}

export class NetworkWatch {
  readonly #clock: Clock;
  readonly #network: Network;
  readonly #isNeeded: () => boolean;
  readonly #onReturn: () => void;
  #stop: (() => void) | null = null;
  #wasAway = false;

  constructor(parts: {
    readonly clock: Clock;
    readonly network: Network;
    readonly isNeeded: () => boolean;
    readonly onReturn: () => void;
  }) {
    this.#clock = parts.clock;
    this.#network = parts.network;
    this.#isNeeded = parts.isNeeded;
    this.#onReturn = parts.onReturn;
  }

  get hasWayOut(): boolean {
    const hasWayOut = this.#network.hasWayOut();
    this.#wasAway ||= !hasWayOut;
    return hasWayOut;
  }

  /** Looks as long as a download needs the network. */
  watch(): void {
    this.#stop ??= this.#clock.every(checkEveryMs, () => this.#check(), { keepsProcessAlive: false });
  }

  stop(): void {
    this.#stop?.();
    this.#stop = null;
  }

  #check(): void {
    if (!this.#isNeeded()) return this.stop();
    if (!this.hasWayOut || !this.#wasAway) return;
    this.#wasAway = false;
    this.#onReturn();
  }
}
