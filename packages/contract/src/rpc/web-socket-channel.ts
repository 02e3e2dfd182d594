/** A Channel over a WebSocket, one JSON text frame a message: the browser's WebSocket or the `ws` package's. */
import type { Channel } from '../channel.ts';
import { SluiceError } from '../sluice-error.ts';
import { Inbox } from './inbox.ts';

/** What is used of a WebSocket, in a browser or from `ws`. */
export interface WebSocketLike {
  readonly readyState: number;
  readonly bufferedAmount: number;
  send(data: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void;
}

export interface WebSocketChannelOptions {
  /** Longest frame sent or accepted, in UTF-16 code units. The default holds a list of 100 000 downloads. */
  readonly maxFrameLength?: number;
  /** A peer that lets more than this many bytes pile up unread is cut off; it reconnects and takes a fresh snapshot. */
  readonly maxBufferedBytes?: number;
}

export const defaultMaxFrameLength = 64 * 1024 * 1024;
const defaultMaxBufferedBytes = 2 * defaultMaxFrameLength;

/** `readyState` as WHATWG WebSockets, 3.1, numbers it. */
const states = { connecting: 0, open: 1, closed: 3 } as const;

/** Why this end hung up. From the range applications may use: a browser allows no other code but 1000. */
const closeCodes = { notOurs: 4003, frameTooLong: 4009, tooSlow: 4013 } as const;

/**
 * Takes the socket over. It may still be connecting: what is sent meanwhile goes out once it is open.
 * `send` throws `request-invalid` for a message longer than a frame may be.
 */
export function channelFromWebSocket(socket: WebSocketLike, options: WebSocketChannelOptions = {}): Channel {
  const { maxFrameLength = defaultMaxFrameLength, maxBufferedBytes = defaultMaxBufferedBytes } = options;
  const inbox = new Inbox();
  const unsent: string[] = [];

  function hangUp(code: number): void {
    inbox.end();
    socket.close(code);
  }

  socket.addEventListener('message', ({ data }) => {
    if (!inbox.open) return;
    if (typeof data !== 'string') return hangUp(closeCodes.notOurs);
    if (data.length > maxFrameLength) return hangUp(closeCodes.frameTooLong);
    let message: unknown;
    try {
      message = JSON.parse(data);
    } catch {
      return hangUp(closeCodes.notOurs);
    }
    inbox.receive(message);
  });
  socket.addEventListener('open', () => {
    for (const text of unsent.splice(0)) socket.send(text);
  });
  socket.addEventListener('close', () => inbox.end());
  // Always followed by `close`; without a listener `ws` would throw it at the process.
  socket.addEventListener('error', () => {});

  return {
    send(message) {
      if (!inbox.open) return;
      const text = JSON.stringify(message);
      if (text.length > maxFrameLength) {
        throw new SluiceError(
          'request-invalid',
          `a message of ${text.length} characters is longer than a frame may be`,
        );
      }
      if (socket.readyState === states.connecting) unsent.push(text);
      else if (socket.readyState === states.open) {
        if (socket.bufferedAmount > maxBufferedBytes) hangUp(closeCodes.tooSlow);
        else socket.send(text);
      }
    },
    start(handlers) {
      // A socket that closed before it was handed over fires no event any more.
      if (socket.readyState === states.closed) inbox.end();
      inbox.start(handlers);
    },
    close() {
      inbox.close();
      unsent.length = 0;
      socket.close(1000);
    },
  };
}
