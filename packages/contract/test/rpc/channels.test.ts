/** The three Channels against the one conformance suite. */
import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { channelFromMessagePort, channelFromWebSocket, createMemoryChannelPair } from '../../src/index.ts';
import { channelConformance, type ChannelPair, type MakePair } from '../../src/rpc/conformance.ts';

function conforms(makePair: MakePair): void {
  for (const { name, run } of channelConformance) {
    test(name, () => expect(run(makePair)).resolves.toBeUndefined());
  }
}

describe('memory', () => {
  conforms(() => Promise.resolve(createMemoryChannelPair()));
});

describe('a MessagePort with the events of the DOM', () => {
  conforms(() => {
    const { port1, port2 } = new MessageChannel();
    return Promise.resolve([channelFromMessagePort(port1), channelFromMessagePort(port2)]);
  });
});

/** Electron's MessagePortMain as its documentation describes it, around a real port. */
class MainPort extends EventEmitter {
  readonly #port: MessagePort;

  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.on('close', () => this.emit('close'));
  }

  postMessage(message: unknown): void {
    this.#port.postMessage(message);
  }

  start(): void {
    this.#port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }));
  }

  close(): void {
    this.#port.close();
  }
}

describe("Electron's MessagePortMain, with a DOM port at the other end", () => {
  conforms(() => {
    const { port1, port2 } = new MessageChannel();
    return Promise.resolve([channelFromMessagePort(new MainPort(port1)), channelFromMessagePort(port2)]);
  });
});

describe('WebSocket', () => {
  let server: WebSocketServer;
  let url: string;

  beforeAll(async () => {
    server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    for (const client of server.clients) client.terminate();
    server.close();
    await once(server, 'close');
  });

  async function accept(): Promise<WebSocket> {
    const [socket] = (await once(server, 'connection')) as [WebSocket];
    return socket;
  }

  describe('from ws, at both ends', () => {
    conforms(async (): Promise<ChannelPair> => {
      const accepted = accept();
      const client = channelFromWebSocket(new WebSocket(url));
      return [channelFromWebSocket(await accepted), client];
    });
  });

  describe("the browser's, at the UI's end", () => {
    conforms(async (): Promise<ChannelPair> => {
      const accepted = accept();
      // Node's global follows the same standard as a browser's.
      const client = channelFromWebSocket(new globalThis.WebSocket(url));
      return [channelFromWebSocket(await accepted), client];
    });
  });
});
