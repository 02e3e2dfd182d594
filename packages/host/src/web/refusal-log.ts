/** Tells the log about refused requests: the first at once, and those of each further minute in one line. */
import type { Log } from '@sluice/engine';

const intervalMs = 60_000;
/** The refused client chooses these texts. */
const longestTextLength = 100;

export interface WebRefusal {
  readonly reason: string;
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  readonly address?: string | undefined;
}

export class RefusalLog {
  readonly #log: Log;
  #timer: NodeJS.Timeout | null = null;
  #count = 0;
  #last: WebRefusal = { reason: '' };

  constructor(log: Log) {
    this.#log = log;
  }

  note(refusal: WebRefusal): void {
    this.#count += 1;
    this.#last = refusal;
    if (this.#timer === null) this.#tell();
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#count > 0) this.#tell();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #tell(): void {
    const { reason, host, origin, address } = this.#last;
    this.#log.warn('web requests were refused', {
      count: this.#count,
      reason,
      host: host?.slice(0, longestTextLength),
      origin: origin?.slice(0, longestTextLength),
      address,
    });
    this.#count = 0;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#count > 0) this.#tell();
    }, intervalMs).unref();
  }
}
