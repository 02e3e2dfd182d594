/** What a host does with a UI that misbehaves: answers or drops, and goes on serving. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  connectEngine,
  createMemoryChannelPair,
  defaultSettings,
  protocolVersion,
  serveEngine,
  SluiceError,
  type Calls,
  type Channel,
} from '../../src/index.ts';
import { record } from '../../src/rpc/conformance-kit.ts';
import { deltasUnderWay } from '../../src/rpc/delta-window.ts';
import { scriptedEngine } from '../support/scripted-engine.ts';

const hello = { kind: 'hello', protocol: protocolVersion };

/** A host with a bare channel to it, and the promise of the answer to call `id`. */
function hostWith(script: Partial<Calls> = {}) {
  const [hostEnd, uiEnd] = createMemoryChannelPair();
  const engine = scriptedEngine(script);
  const server = serveEngine(hostEnd, engine);
  const recorder = record(uiEnd);
  async function answer(id: number): Promise<unknown> {
    for (let count = 1; ; count += 1) {
      const found = recorder.messages.find((message) => isAnswerTo(message, id));
      if (found !== undefined) return found;
      await recorder.received(count);
    }
  }
  return { engine, server, channel: uiEnd, recorder, answer };
}

function isAnswerTo(message: unknown, id: number): boolean {
  return typeof message === 'object' && message !== null && 'id' in message && message.id === id;
}

function request(id: number, method = 'readSettings', params: unknown = {}) {
  return { kind: 'request', id, method, params };
}

async function isAlive({ channel, answer }: { channel: Channel; answer: (id: number) => Promise<unknown> }) {
  channel.send(request(999_999));
  expect(await answer(999_999)).toEqual({ kind: 'result', id: 999_999, result: defaultSettings });
}

describe('serveEngine', () => {
  test('greets first', async () => {
    const { recorder } = hostWith();
    await recorder.received(1);
    expect(recorder.messages).toEqual([hello]);
  });

  test.each([
    ['params of the wrong type', request(1, 'pause', { ids: 'all' })],
    ['params missing', { kind: 'request', id: 1, method: 'pause' }],
    ['params out of bounds', request(1, 'writeSettings', { maxRunning: 0 })],
    ['no method', { kind: 'request', id: 1, params: {} }],
    ['an unknown kind', { kind: 'reboot', id: 1 }],
  ])('answers %s with request-invalid', async (_what, message) => {
    const host = hostWith();
    host.channel.send(hello);
    host.channel.send(message);
    expect(await host.answer(1)).toMatchObject({ kind: 'failure', id: 1, error: { code: 'request-invalid' } });
    await isAlive(host);
  });

  test('says where params are wrong and never what they held', async () => {
    const host = hostWith();
    host.channel.send(hello);
    host.channel.send(request(1, 'add', { downloads: [{ url: 'http://a/', headers: { cookie: 7 }, name: 'sesame' }] }));
    const answer = JSON.stringify(await host.answer(1));
    expect(answer).toContain('downloads.0.headers.cookie');
    expect(answer).not.toContain('sesame');
  });

  test.each(['nonsense', 'constructor', '__proto__', 'toString', 'subscribe'])(
    'answers the method %s with unsupported',
    async (method) => {
      const host = hostWith();
      host.channel.send(hello);
      host.channel.send(request(1, method));
      expect(await host.answer(1)).toMatchObject({ kind: 'failure', error: { code: 'unsupported' } });
      await isAlive(host);
    },
  );

  test('survives anything at all, and goes on answering', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostileMessage(), { maxLength: 20 }), async (messages) => {
        const host = hostWith();
        host.channel.send(hello);
        for (const message of messages) host.channel.send(message);
        await isAlive(host);
        host.channel.close();
      }),
      { numRuns: 200 },
    );
  });

  test('fills the defaults in before the engine sees the params', async () => {
    const seen: unknown[] = [];
    const host = hostWith({
      add: (params) => {
        seen.push(params);
        return Promise.resolve({ results: [] });
      },
    });
    host.channel.send(hello);
    host.channel.send(request(1, 'add', { downloads: [{ url: 'http://a/' }], extra: true }));
    await host.answer(1);
    expect(seen).toEqual([{ downloads: [{ url: 'http://a/' }], start: true }]);
  });

  test('answers a call that throws before it returns a promise', async () => {
    const host = hostWith({
      readSettings: () => {
        throw new TypeError('broken');
      },
    });
    host.channel.send(hello);
    host.channel.send(request(1));
    expect(await host.answer(1)).toEqual({ kind: 'failure', id: 1, error: { code: 'internal', detail: 'broken' } });
  });

  test('refuses calls until it has been greeted', async () => {
    const host = hostWith();
    host.channel.send(request(1));
    expect(await host.answer(1)).toMatchObject({ error: { code: 'request-invalid' } });
    host.channel.send(hello);
    await isAlive(host);
  });

  test('tells a UI of another protocol version what both speak', async () => {
    const host = hostWith();
    host.channel.send({ kind: 'hello', protocol: protocolVersion + 1 });
    host.channel.send(request(1));
    host.channel.send({ kind: 'subscribe', subscription: 1 });
    expect(await host.answer(1)).toMatchObject({
      error: { code: 'unsupported', facts: { hostProtocol: protocolVersion, uiProtocol: protocolVersion + 1 } },
    });
    expect(host.engine.listenerCount()).toBe(0);
  });

  test('carries out a call whose UI has gone', async () => {
    const finish = Promise.withResolvers<void>();
    const done = Promise.withResolvers<boolean>();
    const started = Promise.withResolvers<void>();
    const host = hostWith({
      pauseAll: async (_params, signal) => {
        started.resolve();
        await finish.promise;
        done.resolve(signal?.aborted ?? true);
        return {};
      },
    });
    host.channel.send(hello);
    host.channel.send(request(1, 'pauseAll'));
    await started.promise;
    host.channel.close();
    finish.resolve();
    expect(await done.promise).toBe(false);
  });

  test('keeps one subscription a UI, and ends it when the host stops serving', async () => {
    const host = hostWith();
    host.channel.send(hello);
    for (let subscription = 1; subscription <= 5; subscription += 1) {
      host.channel.send({ kind: 'subscribe', subscription });
    }
    await isAlive(host);
    expect(host.engine.listenerCount()).toBe(1);
    host.server.close();
    expect(host.engine.listenerCount()).toBe(0);
  });

  test('holds deltas back from a UI that does not take them, and sends the newest when it does', async () => {
    const host = hostWith();
    host.channel.send(hello);
    host.channel.send({ kind: 'subscribe', subscription: 7 });
    await isAlive(host);
    const last = deltasUnderWay * 3;
    for (let sequence = 1; sequence <= last; sequence += 1) host.engine.emit({ sequence });
    await isAlive(host);
    expect(sequencesOf(host.recorder.messages)).toEqual(
      Array.from({ length: deltasUnderWay }, (_, index) => index + 1),
    );
    host.channel.send({ kind: 'acknowledge', subscription: 7 });
    host.channel.send({ kind: 'acknowledge', subscription: 7 });
    host.channel.send(request(2));
    await host.answer(2);
    expect(sequencesOf(host.recorder.messages).slice(deltasUnderWay)).toEqual([last]);
  });

  test('hangs up on a UI that cannot be sent a delta', async () => {
    const [hostEnd, uiEnd] = createMemoryChannelPair();
    const engine = scriptedEngine();
    serveEngine({ ...hostEnd, send: (message) => sendBut('delta', hostEnd, message) }, engine);
    const remote = connectEngine(uiEnd);
    remote.subscribe(() => {});
    await remote.readSettings({});
    engine.emit({ sequence: 1 });
    await remote.closed;
    expect(engine.listenerCount()).toBe(0);
  });

  test('answers with a failure when the result is too large to send', async () => {
    const [hostEnd, uiEnd] = createMemoryChannelPair();
    serveEngine({ ...hostEnd, send: (message) => sendBut('result', hostEnd, message) }, scriptedEngine());
    const remote = connectEngine(uiEnd);
    await expect(remote.readSettings({})).rejects.toMatchObject({ code: 'request-invalid' });
  });
});

function sendBut(kind: string, channel: Channel, message: unknown): void {
  if (typeof message === 'object' && message !== null && 'kind' in message && message.kind === kind) {
    throw new SluiceError('request-invalid');
  }
  channel.send(message);
}

function sequencesOf(messages: readonly unknown[]): number[] {
  return messages.flatMap((message) => {
    if (typeof message !== 'object' || message === null || !('delta' in message)) return [];
    return [(message.delta as { sequence: number }).sequence];
  });
}

/** Anything JSON can say, and things that are almost messages. */
function hostileMessage(): fc.Arbitrary<unknown> {
  const nearly = fc.record(
    {
      kind: fc.constantFrom('hello', 'request', 'cancel', 'subscribe', 'unsubscribe', 'acknowledge', 'result', 'x'),
      id: fc.oneof(fc.integer(), fc.string(), fc.double(), fc.constant(null)),
      method: fc.oneof(fc.constantFrom('add', 'pause', 'snapshot', '__proto__'), fc.anything()),
      params: fc.jsonValue(),
      subscription: fc.oneof(fc.integer(), fc.jsonValue()),
      protocol: fc.constant(protocolVersion),
    },
    { requiredKeys: ['kind', 'protocol'] },
  );
  return fc.oneof(nearly, fc.jsonValue()).map((value) => {
    const text = JSON.stringify(value);
    return JSON.parse(text) as unknown;
  });
}
