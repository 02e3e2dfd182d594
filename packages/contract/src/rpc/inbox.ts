/** The receiving half every Channel shares: holds messages until `start`, delivers in order, ends once. */
import type { Channel } from '../channel.ts';
import { SluiceError } from '../sluice-error.ts';

export type ChannelHandlers = Parameters<Channel['start']>[0];

/**
 * - `open`: messages may arrive.
 * - `ended`: the other end closed or the pipe broke; what arrived before is still delivered.
 * - `closed`: this end closed; nothing is delivered any more.
 */
type InboxState = 'open' | 'ended' | 'closed';

export class Inbox {
  #state: InboxState = 'open';
  #handlers: ChannelHandlers | undefined;
  #started = false;
  readonly #waiting: unknown[] = [];

  get open(): boolean {
    return this.#state === 'open';
  }

  start(handlers: ChannelHandlers): void {
    if (this.#started) throw new SluiceError('internal', 'a channel is started once');
    this.#started = true;
    // A handler may make more messages arrive; they queue behind those that were here first.
    while (this.#waiting.length > 0) handlers.onMessage(this.#waiting.shift());
    if (this.#state === 'closed') return;
    this.#handlers = handlers;
    if (this.#state === 'ended') handlers.onClose();
  }

  receive(message: unknown): void {
    if (this.#state !== 'open') return;
    if (this.#handlers === undefined) this.#waiting.push(message);
    else this.#handlers.onMessage(message);
  }

  /** The other end is gone. */
  end(): void {
    if (this.#state !== 'open') return;
    this.#state = 'ended';
    this.#handlers?.onClose();
  }

  /** This end is gone. */
  close(): void {
    this.#state = 'closed';
    this.#waiting.length = 0;
  }
}
