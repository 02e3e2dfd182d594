/** Measures what each download brought while this command ran: bytes that were here before do not count. */
import type { DownloadView } from '@sluice/contract';
import type { Gain } from './lines.ts';

interface Start {
  readonly bytes: number;
  readonly atMs: number;
}

export class Gains {
  readonly #nowMs: () => number;
  readonly #starts = new Map<string, Start>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  note({ id, state, receivedBytes }: DownloadView): void {
    // Bytes that come in before that were on disk already: those of a resumed partial.
    if (state.kind !== 'running' || state.phase !== 'transferring' || this.#starts.has(id)) return;
    this.#starts.set(id, { bytes: receivedBytes, atMs: this.#nowMs() });
  }

  of({ id, receivedBytes }: DownloadView): Gain | null {
    const start = this.#starts.get(id);
    if (start === undefined) return null;
    return { bytes: Math.max(0, receivedBytes - start.bytes), durationMs: this.#nowMs() - start.atMs };
  }
}
