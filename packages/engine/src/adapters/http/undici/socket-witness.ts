/** Remembers what happened to a connection, which undici does not tell: FIN, close_notify, or an error of the system's. */
import type { Socket } from 'node:net';
import { errors } from 'undici';
import { type EndWitness, witnessEnd } from '../tls-end.ts';

export class SocketWitness {
  isOpen = false;
  #socket: Socket | null = null;
  #isDestroyed = false;
  #witness: EndWitness = { end: 'none' };
  #error: Error | null = null;

  /** Must be called before undici has the socket. */
  watch(socket: Socket): void {
    this.#socket = socket;
    this.#witness = witnessEnd(socket);
    socket.on('error', (error) => {
      // undici ends a socket it is done with by an error of its own.
      if (!(error instanceof errors.UndiciError)) this.#error ??= error;
    });
  }

  /** The server closed the connection in an orderly way, and nothing else happened to it. */
  get endedProperly(): boolean {
    return this.#witness.end === 'proper' && this.#error === null;
  }

  /** The server sent FIN, with or without close_notify. */
  get hasEnded(): boolean {
    return this.#witness.end !== 'none';
  }

  get error(): Error | null {
    return this.#error;
  }

  /** An idle connection does not keep the process alive. */
  setIdle(isIdle: boolean): void {
    if (isIdle) this.#socket?.unref();
    else this.#socket?.ref();
  }

  /** The exchange is over: nothing may be opened for it any more. */
  get isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.#socket?.destroy();
  }
}
