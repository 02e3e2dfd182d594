/** The server's end of one connection: writes that settle when the system took the bytes, and every way to end it. */
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';

/** Thrown by whatever waits on a connection that has gone. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

export class Wire {
  readonly id: number;
  readonly #raw: Socket;
  readonly #socket: Socket | TLSSocket;
  readonly #gone = new AbortController();
  #isLeft = false;
  #pending: Uint8Array[] = [];

  /** @param raw the TCP socket below `socket`; the same one without TLS */
  constructor(id: number, raw: Socket, socket: Socket | TLSSocket) {
    this.id = id;
    this.#raw = raw;
    this.#socket = socket;
    for (const end of new Set([raw, socket])) {
      end.on('end', () => this.#leave());
      end.on('error', () => {
        this.#leave();
        end.destroy();
      });
      end.on('close', () => this.#gone.abort(new ClientGone('the connection was closed')));
    }
  }

  get isGone(): boolean {
    return this.#gone.signal.aborted;
  }

  /** The client has ended it: its FIN or reset was heard, though this end may be open still. */
  get isLeft(): boolean {
    return this.#isLeft || this.isGone;
  }

  /** Keeps bytes for the next write, so that both leave together. */
  hold(bytes: Uint8Array): void {
    this.#pending.push(bytes);
  }

  /** Settles when the system took the bytes; only then may they change. @throws ClientGone */
  write(bytes: Uint8Array): Promise<void> {
    const all = this.#pending.length === 0 ? bytes : Buffer.concat([...this.#pending, bytes]);
    this.#pending = [];
    if (all.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#socket.write(all, (error) => {
        if (error) reject(new ClientGone('the write failed', { cause: error }));
        else resolve();
      });
    });
  }

  flush(): Promise<void> {
    return this.write(new Uint8Array(0));
  }

  /** Waits for something outside, or fails when the client goes away first. @throws ClientGone */
  async until(event: Promise<void>): Promise<void> {
    const gone = Promise.withResolvers<never>();
    const leave = (): void => gone.reject(this.#gone.signal.reason);
    if (this.isGone) leave();
    this.#gone.signal.addEventListener('abort', leave, { once: true });
    try {
      await Promise.race([event, gone.promise]);
    } finally {
      this.#gone.signal.removeEventListener('abort', leave);
    }
  }

  async sleep(delayMs: number): Promise<void> {
    await this.until(delay(delayMs, undefined, { signal: this.#gone.signal }).catch(() => {}));
  }

  end(how: 'fin' | 'fin-only' | 'reset'): void {
    if (how === 'reset') this.#raw.resetAndDestroy();
    else if (how === 'fin-only') this.#raw.end(() => this.#raw.destroySoon());
    else this.#socket.end();
  }

  #leave(): void {
    this.#isLeft = true;
  }

  destroy(): void {
    this.#socket.destroy();
    this.#raw.destroy();
  }
}
