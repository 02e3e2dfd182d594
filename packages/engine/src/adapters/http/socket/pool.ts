/** Keeps connections that ended cleanly for the next request to the same server. */
import { setTimeout as delay } from 'node:timers/promises';
import { createDeadline } from '../deadline.ts';
import { type Connection, type ConnectionReader, scratch } from './connection.ts';

export interface PoolOptions {
  readonly keepIdleMs: number;
  readonly maxIdlePerHost: number;
}

/** The longest time that the rest of an unwanted body may take while its connection is needed: most of it comes with its head. */
const drainWaitMs = 50;

/** An unwanted body that is read to its end, so that its connection may be used again. */
export interface Drain {
  readonly ended: Promise<unknown>;
  /** Closes the connection. */
  abandon(): void;
}

export class ConnectionPool {
  readonly #options: PoolOptions;
  readonly #idle = new Map<string, IdleConnection[]>();
  readonly #drains = new Map<string, Set<Drain>>();
  readonly #closing = new AbortController();

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Aborts when the pool closes: for work that only saves a connection. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** The most recently used connection, which is the least likely to be near its end; null when there is none. */
  take(key: string): Connection | null {
    const idle = this.#idle.get(key)?.pop();
    return idle?.leave() ?? null;
  }

  /** Takes a connection whose last response ended exactly. */
  give(connection: Connection): void {
    const { keepIdleMs, maxIdlePerHost } = this.#options;
    const { key } = connection.target;
    const idle = this.#idle.get(key) ?? [];
    if (
      this.#closing.signal.aborted ||
      keepIdleMs === 0 ||
      idle.length >= maxIdlePerHost ||
      !connection.isCoolingDown
    ) {
      connection.destroy();
      return;
    }
    this.#idle.set(key, idle);
    idle.push(new IdleConnection(connection, keepIdleMs, (gone) => this.#forget(key, gone)));
  }

  noteDrain(key: string, drain: Drain): void {
    const drains = this.#drains.get(key) ?? new Set();
    this.#drains.set(key, drains.add(drain));
    void drain.ended.then(() => {
      drains.delete(drain);
      if (drains.size === 0) this.#drains.delete(key);
    });
  }

  /**
   * Before a further connection is opened: settles when no unwanted body holds one to this server any more. Whoever left
   * the body counts its connection no longer.
   * @returns whether one may have become free
   */
  async settleDrains(key: string): Promise<boolean> {
    const drains = [...(this.#drains.get(key) ?? [])];
    if (drains.length === 0) return false;
    const over = new AbortController();
    const limit = delay(drainWaitMs, undefined, { signal: over.signal }).catch(() => {});
    await Promise.race([limit, Promise.all(drains.map(({ ended }) => ended))]);
    over.abort();
    for (const drain of drains) drain.abandon();
    return true;
  }

  close(): void {
    this.#closing.abort();
    for (const idle of [...this.#idle.values()].flat()) idle.leave().destroy();
    this.#idle.clear();
  }

  #forget(key: string, gone: IdleConnection): void {
    const idle = this.#idle.get(key) ?? [];
    const index = idle.indexOf(gone);
    if (index !== -1) idle.splice(index, 1);
    if (idle.length === 0) this.#idle.delete(key);
  }
}

/** Reads on, so that an end is noticed. Whatever comes unasked, even one byte, makes the connection unusable. */
class IdleConnection implements ConnectionReader {
  readonly #connection: Connection;
  readonly #stopTimer: () => void;
  readonly #onGone: (gone: IdleConnection) => void;

  constructor(connection: Connection, keepIdleMs: number, onGone: (gone: IdleConnection) => void) {
    this.#connection = connection;
    this.#onGone = onGone;
    const timer = createDeadline(keepIdleMs, () => this.#drop(), { keepsProcessAlive: false });
    this.#stopTimer = () => timer.stop();
    connection.setIdle(true);
    connection.attach(this);
    connection.read();
  }

  /** Ends its idleness; the connection has no reader then. */
  leave(): Connection {
    this.#stopTimer();
    this.#connection.setIdle(false);
    this.#connection.attach(null);
    return this.#connection;
  }

  space(): Uint8Array {
    return scratch;
  }

  landed(): void {
    this.#drop();
  }

  ended(): void {
    this.#drop();
  }

  failed(): void {
    this.#drop();
  }

  #drop(): void {
    this.#stopTimer();
    this.#connection.destroy();
    this.#onGone(this);
  }
}
