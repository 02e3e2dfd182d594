/** Remembers how a connection ended, which undici does not tell: FIN, close_notify, or an error. */
import type { Socket } from 'node:net';
import { endedProperly } from '../tls-end.ts';

export class SocketWitness {
  isOpen = false;
  #socket: Socket | null = null;
  #end: 'none' | 'proper' | 'cut' = 'none';
  #error: Error | null = null;

  /** Must be called before undici has the socket, so that this listener is the first to run. */
  watch(socket: Socket): void {
    this.#socket = socket;
    socket.once('end', () => {
      this.#end = endedProperly(socket) ? 'proper' : 'cut';
    });
    socket.on('error', (error) => {
      this.#error ??= error;
    });
  }

  /** The server closed the connection in an orderly way, and nothing else happened to it. */
  get endedProperly(): boolean {
    return this.#end === 'proper' && this.#error === null;
  }

  /** The server sent FIN, with or without close_notify. */
  get hasEnded(): boolean {
    return this.#end !== 'none';
  }

  get error(): Error | null {
    return this.#error;
  }

  destroy(): void {
    this.#socket?.destroy();
  }
}
