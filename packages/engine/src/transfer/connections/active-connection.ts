/** One open connection of a download: its segment, the bytes it has delivered, and the signal that ends it. */
import { SluiceError } from '../../errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConnectionEnd } from './run-connection.ts';
import type { Segment } from './segment-board.ts';
import type { Source } from './source.ts';

/** Why a working connection that does not help is ended. It is never a failure of the run. */
const dismissal = new SluiceError('aborted', 'one connection more than pays');

export interface ConnectionWork {
  readonly segment: Segment;
  readonly source: Source;
  readonly races: ActiveConnection | null;
}

export class ActiveConnection {
  readonly segment: Segment;
  /** The link that it asks. */
  readonly source: Source;
  /** The silent one whose bytes it asks for again: that one is given up when the first of them comes. */
  readonly #races: ActiveConnection | null;
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #startedAtMs: number;
  readonly #leaving = new AbortController();
  #deliveredBytes = 0;
  #isDismissed = false;

  constructor(clock: Pick<Clock, 'monotonicMs'>, work: ConnectionWork) {
    this.segment = work.segment;
    this.source = work.source;
    this.#races = work.races;
    this.#clock = clock;
    this.#startedAtMs = clock.monotonicMs();
  }

  /** Aborts when this one has to go, whatever the others do. */
  get leaving(): AbortSignal {
    return this.#leaving.signal;
  }

  get deliveredBytes(): number {
    return this.#deliveredBytes;
  }

  /** Told to go; its rest is for others. */
  get isDismissed(): boolean {
    return this.#isDismissed;
  }

  get ageMs(): number {
    return this.#clock.monotonicMs() - this.#startedAtMs;
  }

  /** On average since it began. */
  get bytesPerMs(): number {
    return this.#deliveredBytes / Math.max(1, this.ageMs);
  }

  arrived(sizeBytes: number): void {
    if (this.#deliveredBytes === 0) this.#races?.end(new SluiceError('stalled', 'another connection was sooner'));
    this.#deliveredBytes += sizeBytes;
  }

  /** It works, and does not pay. */
  dismiss(): void {
    this.#isDismissed = true;
    this.end(dismissal);
  }

  /** What is wrong with this connection alone. */
  end(reason: SluiceError): void {
    this.#leaving.abort(reason);
  }
}

export type ConnectionFailure = Extract<ConnectionEnd, { kind: 'failed' }>;

/** What went wrong, if anything did: a dismissal is no failure. */
export function failureOf(end: ConnectionEnd): ConnectionFailure | null {
  return end.kind === 'failed' && end.error !== dismissal ? end : null;
}
