/** MessageChannelMain and MessagePortMain: ports that stay in this process, or travel to a page and back. */
import { EventEmitter } from 'node:events';
import type { MessagePortMain } from 'electron';

export interface PortMessage {
  /** Already cloned: the receiver may keep it. */
  readonly data: unknown;
  readonly ports: readonly DetachedPort[];
}

/** What can sit on one side of a channel: a port in this process, or the stand-in for one in a page. */
export interface PortEnd {
  receive(message: PortMessage): void;
  /** The other side is gone. */
  disconnected(): void;
  /** The other side moved: it is `other` from now on. */
  connect(other: PortEnd): void;
}

/** A port on its way: who is at the other side, and what arrived before it was started. */
export interface DetachedPort {
  readonly other: PortEnd;
  readonly queued: readonly PortMessage[];
}

type State = 'queueing' | 'started' | 'closed' | 'transferred';

export class DoubleMessagePortMain
  extends EventEmitter
  implements PortEnd, Pick<MessagePortMain, 'postMessage' | 'start' | 'close'>
{
  #other: PortEnd | undefined;
  #queue: PortMessage[] = [];
  #state: State = 'queueing';

  /** A port that arrived from elsewhere. */
  static fromDetached({ other, queued }: DetachedPort): DoubleMessagePortMain {
    const port = new DoubleMessagePortMain();
    port.#other = other;
    port.#queue = [...queued];
    other.connect(port);
    return port;
  }

  postMessage(message: unknown, transfer: readonly MessagePortMain[] = []): void {
    if (this.#state === 'transferred') throw new Error('The port was transferred and cannot be used here.');
    if (this.#state === 'closed' || this.#other === undefined) return;
    this.#other.receive({ data: structuredClone(message), ports: transfer.map(detachPort) });
  }

  start(): void {
    if (this.#state !== 'queueing') return;
    this.#state = 'started';
    for (const message of this.#queue.splice(0)) this.#emitLater(message);
  }

  close(): void {
    if (this.#state === 'closed' || this.#state === 'transferred') return;
    this.#state = 'closed';
    this.#other?.disconnected();
    // Electron tells the end that closed as well.
    this.emit('close');
  }

  connect(other: PortEnd): void {
    this.#other = other;
  }

  receive(message: PortMessage): void {
    if (this.#state === 'started') this.#emitLater(message);
    else if (this.#state === 'queueing') this.#queue.push(message);
  }

  disconnected(): void {
    // Behind the messages that are still on their way.
    setImmediate(() => {
      if (this.#state === 'closed' || this.#state === 'transferred') return;
      this.#state = 'closed';
      this.emit('close');
    });
  }

  detach(): DetachedPort {
    if (this.#other === undefined || this.#state === 'closed' || this.#state === 'transferred') {
      throw new Error('Port at index 0 is already neutered');
    }
    this.#state = 'transferred';
    return { other: this.#other, queued: this.#queue.splice(0) };
  }

  #emitLater(message: PortMessage): void {
    setImmediate(() => {
      if (this.#state !== 'started') return;
      this.emit('message', {
        data: message.data,
        ports: message.ports.map((port) => DoubleMessagePortMain.fromDetached(port)),
      });
    });
  }
}

/** Takes a port out of the hands of whoever transferred it. */
export function detachPort(port: unknown): DetachedPort {
  if (!(port instanceof DoubleMessagePortMain)) throw new TypeError('Only MessagePortMain objects can be transferred.');
  return port.detach();
}

export class DoubleMessageChannelMain {
  readonly port1: DoubleMessagePortMain = new DoubleMessagePortMain();
  readonly port2: DoubleMessagePortMain = new DoubleMessagePortMain();

  constructor() {
    this.port1.connect(this.port2);
    this.port2.connect(this.port1);
  }
}
