/** Bounds what clients that have shown no key can hold: how many sockets, and for how long. */
import type { Duplex } from 'node:stream';

export interface StrangerLimits {
  readonly most: number;
  /** Null: the caller sets the timeouts of a socket. */
  readonly deadlineMs: number | null;
}

export class Strangers {
  readonly #limits: StrangerLimits;
  /** In the order of their arrival. */
  readonly #timers = new Map<Duplex, NodeJS.Timeout | null>();

  constructor(limits: StrangerLimits) {
    this.#limits = limits;
  }

  get count(): number {
    return this.#timers.size;
  }

  /**
   * Makes room by destroying the oldest: a browser shows its key within milliseconds, so a flood of newcomers cannot
   * lock it out as it could if newcomers were turned away.
   */
  admit(socket: Duplex): void {
    if (socket.destroyed || this.#timers.has(socket)) return;
    for (const oldest of this.#timers.keys()) {
      if (this.#timers.size < this.#limits.most) break;
      this.release(oldest);
      oldest.destroy();
    }
    const { deadlineMs } = this.#limits;
    this.#timers.set(socket, deadlineMs === null ? null : setTimeout(() => socket.destroy(), deadlineMs).unref());
    socket.once('close', () => this.release(socket));
  }

  /** From now on the socket is not a stranger's. */
  release(socket: Duplex): void {
    clearTimeout(this.#timers.get(socket) ?? undefined);
    this.#timers.delete(socket);
  }
}
