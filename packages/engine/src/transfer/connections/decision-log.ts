/** The debug lines about the connections of one run: each decision, with the figures that it was made by. */
import type { RampState } from '../../plan/connections/ramp-state.ts';
import type { Log, LogFields } from '../../ports/log.ts';
import type { Segment } from './segment-board.ts';

export class DecisionLog {
  readonly #log: Log;
  readonly #host: string;

  constructor(log: Log, link: string) {
    this.#log = log;
    this.#host = URL.parse(link)?.host ?? '';
  }

  /** A step that changes neither the phase nor the wanted number has no line. */
  ramp(before: RampState, after: RampState, figures: { readonly open: number; readonly receivedBytes: number }): void {
    if (before.phase.kind === after.phase.kind && before.wanted === after.wanted) return;
    const { phase, wanted, allowed, ceiling, baseline } = after;
    this.#write('the ramp changed', {
      phase: phase.kind,
      wantedBefore: before.wanted,
      wanted,
      allowed,
      ceiling,
      baselineLevel: baseline?.level ?? null,
      baselineBytesPerSecond: baseline === null ? null : Math.round(baseline.bytesPerSecond),
      ...figures,
    });
  }

  split({ position, end }: Segment, open: number): void {
    this.#write('a connection gets a segment of its own', { start: position, end, open });
  }

  hedge({ position, end }: Segment, figures: { readonly open: number; readonly silentDeliveredBytes: number }): void {
    this.#write('a silent connection is raced by another', { start: position, end, ...figures });
  }

  dismissal(figures: {
    readonly dismissed: number;
    readonly open: number;
    readonly wanted: number;
    readonly because: string;
  }): void {
    this.#write('connections are dismissed', figures);
  }

  #write(message: string, fields: LogFields): void {
    this.#log.debug(message, { host: this.#host, ...fields });
  }
}
