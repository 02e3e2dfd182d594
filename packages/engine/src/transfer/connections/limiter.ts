/**
 * Speed limits: a reader that has received bytes waits here until the limit has paid for them, so that the wire
 * itself slows down. Downloads under one limit get even shares, however many connections each of them has.
 */
import type { Clock } from '../../ports/clock.ts';

/** How much may burst through after idleness, and how far who is behind may run ahead, in milliseconds of the limit. */
const burstMs = 100;

/** A read that is being paid for, or waits for its turn to be. */
interface Waiting {
  readonly owner: object;
  readonly sizeBytes: number;
  /** On the scale of {@link Share.claimedBytes}: the least is next. */
  readonly startsAtBytes: number;
  /** Ends the wait. Harmless when it has ended. */
  readonly release: () => void;
}

/** One download's part in one limit. */
interface Share {
  /** Up to where on the common scale it has claimed bytes: it grows with what the download reads, and with nothing else. */
  claimedBytes: number;
}

/**
 * A fair queue of reads (start-time fair queueing, Goyal, Vin and Cheng 1996): each download claims its reads one
 * after the other on a scale of bytes, and the earliest place is served next.
 */
export class SpeedLimiter {
  readonly #clock: Clock;
  readonly #shares = new WeakMap<object, Share>();
  readonly #waiting = new Set<Waiting>();
  #bytesPerSecond: number;
  /** When the limit will have paid for everything up to `#served`. */
  #paidAtMs = Number.NEGATIVE_INFINITY;
  #served: Waiting | null = null;
  /** Where on the common scale the limit has got to. */
  #servedBytes = 0;
  #timer: AbortController | null = null;

  /** @param bytesPerSecond 0 means no limit */
  constructor(clock: Clock, bytesPerSecond = 0) {
    this.#clock = clock;
    this.#bytesPerSecond = bytesPerSecond;
  }

  get bytesPerSecond(): number {
    return this.#bytesPerSecond;
  }

  /** Takes effect at once: debt under the old limit is dropped, and readers that wait for it continue. */
  setLimit(bytesPerSecond: number): void {
    if (bytesPerSecond === this.#bytesPerSecond) return;
    this.#bytesPerSecond = bytesPerSecond;
    this.#paidAtMs = Number.NEGATIVE_INFINITY;
    this.#releaseWhere(() => true);
  }

  /** The limit no longer covers this download: its reads wait no longer. */
  letGo(owner: object): void {
    this.#releaseWhere((waiting) => waiting.owner === owner);
  }

  /**
   * Accounts for bytes that arrived.
   * @param owner the download whose share they are of
   * @returns a wait before the next read, rejected with the signal's reason; null when there is no need
   */
  take(sizeBytes: number, owner: object, signal: AbortSignal): Promise<void> | null {
    if (this.#bytesPerSecond === 0) return null;
    const read = { owner, sizeBytes, startsAtBytes: this.#claim(sizeBytes, owner) };
    if (this.#isOverdue(read.startsAtBytes)) {
      this.#pay(read);
      return null;
    }
    if (this.#served !== null || this.#waiting.size > 0) return this.#wait(read, 'queued', signal);
    this.#pay(read);
    return this.#paidAtMs <= this.#clock.monotonicMs() ? null : this.#wait(read, 'served', signal);
  }

  /** Largest read that keeps the wire smooth under this limit; infinite without one. */
  get readBytes(): number {
    if (this.#bytesPerSecond === 0) return Number.POSITIVE_INFINITY;
    return Math.max(4096, Math.min(65_536, Math.floor(this.#bytesPerSecond / 20)));
  }

  /**
   * A reader that was idle gets no extra share later; but a reader is away for a moment between
   * two reads, and what it misses then, up to a burst, it gets.
   */
  #claim(sizeBytes: number, owner: object): number {
    const share = this.#shares.get(owner) ?? { claimedBytes: 0 };
    this.#shares.set(owner, share);
    const leeway = (this.#bytesPerSecond * burstMs) / 1000;
    const startsAtBytes = Math.max(share.claimedBytes, this.#servedBytes - leeway);
    share.claimedBytes = startsAtBytes + sizeBytes;
    return startsAtBytes;
  }

  /**
   * A reader of one connection is away whenever the next read is chosen, so that another's is; waiting for its turn
   * each time it would never get its share. So it does not wait while it is behind.
   */
  #isOverdue(startsAtBytes: number): boolean {
    return startsAtBytes < this.#servedBytes && this.#paidAtMs - this.#clock.monotonicMs() < burstMs;
  }

  #pay({ sizeBytes, startsAtBytes }: Omit<Waiting, 'release'>): void {
    this.#servedBytes = Math.max(this.#servedBytes, startsAtBytes);
    const nowMs = this.#clock.monotonicMs();
    this.#paidAtMs = Math.max(this.#paidAtMs, nowMs - burstMs) + (sizeBytes / this.#bytesPerSecond) * 1000;
  }

  #wait(read: Omit<Waiting, 'release'>, how: 'served' | 'queued', signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const end = (): void => {
      signal.removeEventListener('abort', onAbort);
      this.#waiting.delete(waiting);
      if (this.#served === waiting) this.#served = null;
    };
    const onAbort = (): void => {
      // Its bytes have come over the wire all the same.
      if (this.#waiting.has(waiting)) this.#pay(waiting);
      end();
      reject(signal.reason);
      this.#serve();
    };
    const waiting: Waiting = {
      ...read,
      release: () => {
        end();
        resolve();
      },
    };
    signal.addEventListener('abort', onAbort, { once: true });
    if (how === 'served') this.#served = waiting;
    else this.#waiting.add(waiting);
    if (signal.aborted) onAbort();
    else this.#serve();
    return promise;
  }

  #releaseWhere(isMeant: (waiting: Waiting) => boolean): void {
    const all = [...this.#waiting, ...(this.#served === null ? [] : [this.#served])];
    for (const waiting of all) if (isMeant(waiting)) waiting.release();
    this.#serve();
  }

  /** Releases every read that is paid for, and sleeps until the next one will be. */
  #serve(): void {
    const nowMs = this.#clock.monotonicMs();
    for (;;) {
      this.#served ??= this.#takeNext();
      if (this.#served === null) break;
      if (this.#paidAtMs > nowMs) {
        this.#sleep(this.#paidAtMs - nowMs);
        return;
      }
      this.#served.release();
    }
    this.#timer?.abort();
    this.#timer = null;
  }

  #takeNext(): Waiting | null {
    let next: Waiting | null = null;
    for (const waiting of this.#waiting) {
      if (next === null || waiting.startsAtBytes < next.startsAtBytes) next = waiting;
    }
    if (next === null) return null;
    this.#waiting.delete(next);
    this.#pay(next);
    return next;
  }

  #sleep(delayMs: number): void {
    if (this.#timer !== null) return;
    const timer = new AbortController();
    this.#timer = timer;
    this.#clock.sleep(delayMs, timer.signal).then(
      () => {
        if (this.#timer !== timer) return;
        this.#timer = null;
        this.#serve();
      },
      () => {},
    );
  }
}
