/** What the UI's end does with a host that misbehaves, and with its own listeners and signals. */
import { describe, expect, test, vi } from 'vitest';
import {
  connectEngine,
  createMemoryChannelPair,
  defaultSettings,
  protocolVersion,
  serveEngine,
  type Channel,
  type Delta,
} from '../../src/index.ts';
import { record, type Recorder } from '../../src/rpc/conformance-kit.ts';
import { scriptedEngine } from '../support/scripted-engine.ts';

/** A UI end with a bare channel in place of its host. */
function bareHost(): { remote: ReturnType<typeof connectEngine>; host: Channel; recorder: Recorder } {
  const [host, uiEnd] = createMemoryChannelPair();
  const remote = connectEngine(uiEnd);
  const recorder = record(host);
  host.send({ kind: 'hello', protocol: protocolVersion });
  return { remote, host, recorder };
}

function served(script: Parameters<typeof scriptedEngine>[0] = {}) {
  const [hostEnd, uiEnd] = createMemoryChannelPair();
  const engine = scriptedEngine(script);
  serveEngine(hostEnd, engine);
  return { engine, remote: connectEngine(uiEnd) };
}

describe('connectEngine', () => {
  test('rejects an answer it cannot read with internal, and goes on', async () => {
    const { remote, host, recorder } = bareHost();
    const wrongResult = remote.readSettings({});
    const wrongMessage = remote.readSettings({});
    const unknownCode = remote.readSettings({});
    const right = remote.readSettings({});
    await recorder.received(5);
    host.send('noise');
    host.send({ kind: 'result', id: 0, result: { theme: 'plaid' } });
    host.send({ kind: 'outcome', id: 1 });
    host.send({ kind: 'failure', id: 2, error: { code: 'no-such-code' } });
    host.send({ kind: 'result', id: 77, result: {} });
    host.send({ kind: 'result', id: 3, result: defaultSettings });
    await expect(wrongResult).rejects.toMatchObject({ code: 'internal' });
    await expect(wrongMessage).rejects.toMatchObject({ code: 'internal' });
    await expect(unknownCode).rejects.toMatchObject({ code: 'internal' });
    expect(await right).toEqual(defaultSettings);
  });

  test('refuses a host of another protocol version, naming both', async () => {
    const [host, uiEnd] = createMemoryChannelPair();
    const remote = connectEngine(uiEnd);
    const recorder = record(host);
    const call = remote.readSettings({});
    host.send({ kind: 'hello', protocol: protocolVersion + 1 });
    const mismatch = {
      code: 'unsupported',
      facts: { hostProtocol: protocolVersion + 1, uiProtocol: protocolVersion },
    };
    await expect(call).rejects.toMatchObject(mismatch);
    await remote.closed;
    await expect(remote.readSettings({})).rejects.toMatchObject(mismatch);
    await recorder.closed();
  });

  test('ignores deltas of an earlier subscription and deltas it cannot read', async () => {
    const { remote, host, recorder } = bareHost();
    const seen: number[] = [];
    remote.subscribe(() => seen.push(-1))();
    const second = Promise.withResolvers<void>();
    remote.subscribe(({ sequence }) => {
      seen.push(sequence);
      second.resolve();
    });
    await recorder.received(4);
    host.send({ kind: 'delta', subscription: 1, delta: { sequence: 1 } });
    host.send({ kind: 'delta', subscription: 2, delta: { sequence: 'two' } });
    host.send({ kind: 'delta', subscription: 2, delta: { sequence: 3 } });
    await second.promise;
    expect(seen).toEqual([3]);
  });

  test('acknowledges every delta, so that a long stream never stops', async () => {
    const { engine, remote } = served();
    const count = 1_000;
    let received = 0;
    const done = Promise.withResolvers<void>();
    remote.subscribe(({ sequence }) => {
      received += 1;
      if (sequence === count) done.resolve();
    });
    await remote.readSettings({});
    for (let sequence = 1; sequence <= count; sequence += 1) {
      engine.emit({ sequence });
      if (sequence % 50 === 0) await remote.readSettings({});
    }
    await done.promise;
    expect(received).toBe(count);
  });

  test('a listener that throws does not keep a delta from the others', async () => {
    const { engine, remote } = served();
    const thrown: unknown[] = [];
    const onUncaught = vi.fn((error: unknown) => thrown.push(error));
    const others = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', onUncaught);
    try {
      const seen = Promise.withResolvers<Delta>();
      remote.subscribe(() => {
        throw new Error('a broken listener');
      });
      remote.subscribe(seen.resolve);
      await remote.readSettings({});
      engine.emit({ sequence: 1 });
      expect(await seen.promise).toEqual({ sequence: 1 });
      await vi.waitFor(() => expect(thrown).toEqual([new Error('a broken listener')]));
    } finally {
      process.removeListener('uncaughtException', onUncaught);
      for (const listener of others) process.on('uncaughtException', listener);
    }
  });

  test('a listener may unsubscribe another while a delta is delivered', async () => {
    const { engine, remote } = served();
    const seen: string[] = [];
    const delivered = Promise.withResolvers<void>();
    remote.subscribe(() => {
      seen.push('first');
      stopSecond();
      delivered.resolve();
    });
    const stopSecond = remote.subscribe(() => seen.push('second'));
    await remote.readSettings({});
    engine.emit({ sequence: 1 });
    await delivered.promise;
    await remote.readSettings({});
    expect(seen).toEqual(['first']);
  });

  test('one subscription at the host serves all listeners and ends with the last', async () => {
    const { engine, remote } = served();
    const stops = [remote.subscribe(() => {}), remote.subscribe(() => {})];
    await remote.readSettings({});
    expect(engine.listenerCount()).toBe(1);
    stops[0]?.();
    stops[0]?.();
    await remote.readSettings({});
    expect(engine.listenerCount()).toBe(1);
    stops[1]?.();
    await remote.readSettings({});
    expect(engine.listenerCount()).toBe(0);
  });

  test('a signal that was aborted before sends nothing', async () => {
    const { remote, recorder } = bareHost();
    await expect(remote.readSettings({}, AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
    remote.subscribe(() => {});
    await recorder.received(2);
    expect(recorder.messages).toEqual([
      { kind: 'hello', protocol: protocolVersion },
      { kind: 'subscribe', subscription: 1 },
    ]);
  });

  test('an abort after the answer does nothing', async () => {
    const { remote } = served();
    const controller = new AbortController();
    expect(await remote.readSettings({}, controller.signal)).toEqual(defaultSettings);
    controller.abort();
    expect(await remote.readSettings({})).toEqual(defaultSettings);
  });

  test('closing rejects what is pending and resolves closed', async () => {
    const { remote } = served({ snapshot: () => new Promise(() => {}) });
    const pending = remote.snapshot({});
    remote.close();
    remote.close();
    await expect(pending).rejects.toMatchObject({ code: 'disconnected' });
    await remote.closed;
    remote.subscribe(() => {})();
    await expect(remote.snapshot({})).rejects.toMatchObject({ code: 'disconnected' });
  });

  test('a message that cannot be sent rejects its own call only', async () => {
    const { remote } = served();
    const endless: Record<string, unknown> = {};
    endless['self'] = endless;
    await expect(remote.folderInfo(endless as unknown as { folder: string })).rejects.toMatchObject({
      code: 'request-invalid',
    });
    expect(await remote.readSettings({})).toEqual(defaultSettings);
  });
});
