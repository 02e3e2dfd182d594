/** The link to the engine: gaps are closed, losses are noticed, and the window finds its way back. */
import { mainQueueView, SluiceError } from '@sluice/contract';
import { describe, expect, it, vi } from 'vitest';
import { createEngineLink, type LinkedEngine } from '../../src/replica/engine-link.ts';
import { createReplica } from '../../src/replica/replica.ts';
import { download } from '../download.ts';
import { scriptedEngine } from '../scripted-engine.ts';

/** Time that passes when the test says so. */
function handClock() {
  const waiting: { task: () => void; delayMs: number }[] = [];
  return {
    later: (task: () => void, delayMs: number) => {
      const entry = { task, delayMs };
      waiting.push(entry);
      return () => void waiting.splice(waiting.indexOf(entry), 1);
    },
    delaysMs: () => waiting.map(({ delayMs }) => delayMs),
    runNext: () => waiting.shift()?.task(),
  };
}

function linked(engine: LinkedEngine, reconnect?: () => Promise<LinkedEngine>) {
  const replica = createReplica();
  const clock = handClock();
  const frames: (() => void)[] = [];
  const link = createEngineLink({
    engine,
    reconnect,
    replica,
    later: clock.later,
    nextBatch: (task) => {
      frames.push(task);
      return () => void frames.splice(frames.indexOf(task), 1);
    },
  });
  const connection = () => replica.store.getState().connection;
  const becomes = (wanted: string) => vi.waitFor(() => expect(connection()).toBe(wanted));
  return { replica, clock, link, becomes, frame: () => frames.splice(0).forEach((task) => task()), frames };
}

describe('createEngineLink', () => {
  it('mirrors the snapshot, then deltas once a frame', async () => {
    const engine = scriptedEngine([download('d1')]);
    const { replica, becomes, frame, frames } = linked(engine);
    await becomes('connected');
    engine.emit({ changed: [{ id: 'd1', receivedBytes: 1 }] });
    engine.emit({ changed: [{ id: 'd1', receivedBytes: 2 }] });
    expect(replica.store.getState().downloads.get('d1')?.receivedBytes).toBe(0);
    expect(frames).toHaveLength(1);
    frame();
    expect(replica.store.getState().downloads.get('d1')?.receivedBytes).toBe(2);
  });

  it('asks for a new snapshot when a delta is missing', async () => {
    const engine = scriptedEngine([download('d1')]);
    const { replica, becomes } = linked(engine);
    await becomes('connected');
    engine.list = [download('d1'), download('d2')];
    engine.skip();
    engine.emit({ changed: [{ id: 'd1', receivedBytes: 3 }] });
    await vi.waitFor(() => expect(replica.store.getState().downloads.size).toBe(2));
    expect(engine.callsOf('snapshot')).toHaveLength(2);
  });

  it('does not apply gathered deltas on top of a newer snapshot', async () => {
    const engine = scriptedEngine([download('d1')]);
    const { replica, becomes, frame } = linked(engine);
    await becomes('connected');
    engine.emit({ changed: [{ id: 'd1', receivedBytes: 1 }] });
    engine.list = [download('d1', { receivedBytes: 9 })];
    engine.skip();
    engine.emit({ changed: [] });
    await vi.waitFor(() => expect(replica.store.getState().downloads.get('d1')?.receivedBytes).toBe(9));
    frame();
    expect(replica.store.getState().downloads.get('d1')?.receivedBytes).toBe(9);
  });

  it('shows the loss when the channel closes, and comes back on a new connection', async () => {
    const first = scriptedEngine([download('d1')]);
    const second = scriptedEngine([download('d1'), download('d2')]);
    const { promise: closed, resolve: breakOff } = Promise.withResolvers<void>();
    const { replica, clock, link, becomes } = linked({ ...first, closed }, () => Promise.resolve(second));
    await becomes('connected');
    breakOff();
    await becomes('lost');
    expect(replica.store.getState().downloads.size).toBe(1);
    clock.runNext();
    await becomes('connected');
    expect(replica.store.getState().downloads.size).toBe(2);
    await link.engine.pauseAll({});
    expect(second.callsOf('pauseAll')).toHaveLength(1);
  });

  it('notices the loss by a call that finds nobody', async () => {
    const engine = scriptedEngine();
    engine.answer('pauseAll', () => Promise.reject(new SluiceError('disconnected')));
    const { link, becomes } = linked(engine);
    await becomes('connected');
    await expect(link.engine.pauseAll({})).rejects.toMatchObject({ code: 'disconnected' });
    await becomes('lost');
  });

  it('keeps other failures of calls to the caller', async () => {
    const engine = scriptedEngine();
    engine.answer('pauseAll', () => Promise.reject(new SluiceError('internal')));
    const { link, replica, becomes } = linked(engine);
    await becomes('connected');
    await expect(link.engine.pauseAll({})).rejects.toMatchObject({ code: 'internal' });
    expect(replica.store.getState().connection).toBe('connected');
  });

  it('tries again ever more slowly, and at once when asked', async () => {
    const engine = scriptedEngine();
    let attempts = 0;
    const { promise: closed, resolve: breakOff } = Promise.withResolvers<void>();
    const { clock, link, becomes } = linked({ ...engine, closed }, () => {
      attempts += 1;
      return Promise.reject(new SluiceError('disconnected'));
    });
    await becomes('connected');
    breakOff();
    await becomes('lost');
    const seen: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      seen.push(...clock.delaysMs());
      clock.runNext();
      await vi.waitFor(() => expect(clock.delaysMs()).toHaveLength(1));
    }
    expect(seen).toEqual([500, 1000, 2000, 4000, 5000, 5000]);
    link.retryNow();
    await vi.waitFor(() => expect(clock.delaysMs()).toEqual([500]));
    expect(attempts).toBe(7);
  });

  it('asks the same engine again when there is no way to reconnect', async () => {
    const engine = scriptedEngine();
    let isUp = false;
    engine.answer('snapshot', () =>
      isUp
        ? { sequence: 0, downloads: [download('d1')], settings: { ...scriptedSettings }, queues: [mainQueueView] }
        : Promise.reject(new SluiceError('disconnected')),
    );
    const scriptedSettings = await engine.readSettings({});
    const { clock, becomes } = linked(engine);
    await becomes('lost');
    isUp = true;
    clock.runNext();
    await becomes('connected');
  });

  it('does nothing more once closed', async () => {
    const engine = scriptedEngine([download('d1')]);
    const { replica, link, becomes, frame } = linked(engine);
    await becomes('connected');
    link.close();
    engine.emit({ changed: [{ id: 'd1', receivedBytes: 1 }] });
    frame();
    expect(replica.store.getState().downloads.get('d1')?.receivedBytes).toBe(0);
  });
});
