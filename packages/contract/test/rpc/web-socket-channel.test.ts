/** What is particular to WebSockets: frames that are not ours, sizes, slow peers, sockets in every state. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { channelFromWebSocket, type WebSocketLike } from '../../src/index.ts';
import { record } from '../../src/rpc/conformance-kit.ts';

let server: WebSocketServer;
let url: string;

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  for (const client of server.clients) client.terminate();
  server.close();
  await once(server, 'close');
});

async function connected(): Promise<{ host: WebSocket; peer: WebSocket }> {
  const accepted = once(server, 'connection') as Promise<[WebSocket]>;
  const peer = new WebSocket(url);
  const [[host]] = await Promise.all([accepted, once(peer, 'open')]);
  return { host, peer };
}

describe('channelFromWebSocket', () => {
  test.each([
    ['a binary frame', Buffer.from('{}'), 4003],
    ['a frame that is not JSON', '{"kind":', 4003],
    ['a frame longer than agreed', JSON.stringify('x'.repeat(100)), 4009],
  ])('hangs up on %s', async (_what, frame, code) => {
    const { host, peer } = await connected();
    const atHost = record(channelFromWebSocket(host, { maxFrameLength: 100 }));
    const closed = once(peer, 'close');
    peer.send(frame);
    await atHost.closed();
    expect((await closed)[0]).toBe(code);
    expect(atHost.messages).toEqual([]);
    expect(atHost.closes()).toBe(1);
  });

  test('throws for a message longer than a frame may be, and stays usable', async () => {
    const { host, peer } = await connected();
    const channel = channelFromWebSocket(host, { maxFrameLength: 20 });
    const atPeer = record(channelFromWebSocket(peer));
    expect(() => channel.send('x'.repeat(30))).toThrow(expect.objectContaining({ code: 'request-invalid' }));
    channel.send('short');
    await atPeer.received(1);
    expect(atPeer.messages).toEqual(['short']);
  });

  test('sends what was said while connecting, in order', async () => {
    const accepted = once(server, 'connection') as Promise<[WebSocket]>;
    const channel = channelFromWebSocket(new WebSocket(url));
    channel.send({ index: 0 });
    channel.send({ index: 1 });
    const [host] = await accepted;
    const atHost = record(channelFromWebSocket(host));
    await atHost.received(2);
    expect(atHost.messages).toEqual([{ index: 0 }, { index: 1 }]);
  });

  test('a connection that cannot be made is a close, not an exception', async () => {
    const port = (server.address() as AddressInfo).port;
    server.close();
    await once(server, 'close');
    server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    const atUi = record(channelFromWebSocket(new WebSocket(`ws://127.0.0.1:${port}`)));
    await atUi.closed();
    expect(atUi.closes()).toBe(1);
  });

  test('a socket that was closed before it was handed over closes at once', async () => {
    const { host, peer } = await connected();
    const closed = once(host, 'close');
    peer.close();
    await closed;
    const atHost = record(channelFromWebSocket(host));
    expect(atHost.closes()).toBe(1);
  });

  test('a peer that vanishes without a closing handshake is a close', async () => {
    const { host, peer } = await connected();
    const atHost = record(channelFromWebSocket(host));
    peer.terminate();
    await atHost.closed();
    expect(atHost.closes()).toBe(1);
  });

  test('a peer that stops reading is cut off instead of filling memory', () => {
    const sent: string[] = [];
    const closedWith: (number | undefined)[] = [];
    const stuck: WebSocketLike = {
      readyState: 1,
      get bufferedAmount() {
        return sent.join('').length;
      },
      send: (data) => sent.push(data),
      close: (code) => closedWith.push(code),
      addEventListener: () => {},
    };
    const channel = channelFromWebSocket(stuck, { maxBufferedBytes: 50 });
    const recorder = record(channel);
    for (let index = 0; index < 100; index += 1) channel.send({ index });
    expect(closedWith).toEqual([4013]);
    expect(sent.join('').length).toBeLessThan(100);
    expect(recorder.closes()).toBe(1);
  });
});
