/** A Channel over a MessagePort: the DOM's (windows, workers, Node's worker_threads) or Electron's MessagePortMain. */
import type { Channel } from '../channel.ts';
import { Inbox } from './inbox.ts';

interface MessageEventLike {
  readonly data: unknown;
}

interface PortLike {
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

/** What is used of a port with the DOM's events. Its `close` event fires when the other end closes, or its document goes away. */
export interface DomMessagePort extends PortLike {
  addEventListener(type: 'message', listener: (event: MessageEventLike) => void): void;
  addEventListener(type: 'close' | 'messageerror', listener: () => void): void;
}

/** What is used of Electron's port, which is an EventEmitter. Its `close` event also fires when this end closes. */
export interface ElectronMessagePort extends PortLike {
  on(event: 'message', listener: (event: MessageEventLike) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
}

/** Owns the port: no other code may listen to it, start it or close it. */
export function channelFromMessagePort(port: DomMessagePort | ElectronMessagePort): Channel {
  const inbox = new Inbox();
  function close(): void {
    inbox.close();
    port.close();
  }
  listen(port, inbox, () => {
    // A message that cannot be deserialised is lost, and a pipe that lost a message is broken.
    inbox.end();
    port.close();
  });
  return {
    send(message) {
      if (inbox.open) port.postMessage(message);
    },
    start(handlers) {
      inbox.start(handlers);
      // The port itself queues until now, so nothing overtakes.
      port.start();
    },
    close,
  };
}

function listen(port: DomMessagePort | ElectronMessagePort, inbox: Inbox, onBroken: () => void): void {
  const onMessage = (event: MessageEventLike): void => inbox.receive(event.data);
  const onClose = (): void => inbox.end();
  // Node's ports have both styles, and only the DOM's one delivers events there.
  if ('addEventListener' in port) {
    port.addEventListener('message', onMessage);
    port.addEventListener('close', onClose);
    port.addEventListener('messageerror', onBroken);
    return;
  }
  port.on('message', onMessage);
  port.on('close', onClose);
}
