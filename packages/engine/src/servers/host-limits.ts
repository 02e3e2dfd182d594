/** What a person allows single hosts: fewer or more connections than others, and a speed that their downloads share. */
import type { HostLimit } from '@sluice/contract';
import type { Clock } from '../ports/clock.ts';
import { SpeedLimiter } from '../transfer/connections/limiter.ts';

interface LimitedHost {
  readonly limit: HostLimit;
  readonly limiter: SpeedLimiter;
}

export class HostLimits {
  readonly #clock: Clock;
  #limited: ReadonlyMap<string, LimitedHost> = new Map();

  constructor(clock: Clock, limits: readonly HostLimit[]) {
    this.#clock = clock;
    this.set(limits);
  }

  /** Replaces all of them; of two for the same host the later one counts. */
  set(limits: readonly HostLimit[]): void {
    const before = this.#limited;
    this.#limited = new Map(
      limits.map((limit) => {
        const host = limit.host.toLowerCase();
        const limiter = before.get(host)?.limiter ?? new SpeedLimiter(this.#clock);
        limiter.setLimit(limit.speedLimitBytesPerSecond);
        return [host, { limit, limiter }];
      }),
    );
  }

  get isEmpty(): boolean {
    return this.#limited.size === 0;
  }

  /** @param host name and port, as in a link */
  has(host: string): boolean {
    return this.#limited.has(host);
  }

  /** 0 follows the settings. */
  maxConnections(host: string): number {
    return this.#limited.get(host)?.limit.maxConnections ?? 0;
  }

  limiters(host: string): readonly SpeedLimiter[] {
    const limited = this.#limited.get(host);
    return limited === undefined ? [] : [limited.limiter];
  }
}
