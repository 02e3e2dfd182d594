import type { Delta, DownloadView } from '@sluice/contract';
import { describe, expect, it } from 'vitest';
import { createFakeClock } from '@sluice/testkit/clock';
import { Publisher } from '../../src/queue/publisher.ts';

const state = { kind: 'queued' } as const;

function view(id: string, changes: Partial<DownloadView> = {}): DownloadView {
  return {
    id,
    url: `http://host/${id}`,
    name: id,
    folder: '/downloads',
    state,
    sizeBytes: null,
    receivedBytes: 0,
    speedBytesPerSecond: 0,
    remainingMs: null,
    connections: 0,
    resumable: null,
    addedAtMs: 1,
    queueId: 'main',
    priority: 'normal',
    position: 1,
    speedLimitBytesPerSecond: 0,
    maxConnections: 0,
    maxAttempts: null,
    ...changes,
  };
}

function setUp() {
  const views = new Map<string, DownloadView>();
  const clock = createFakeClock();
  const publisher = new Publisher(clock, (id) => views.get(id) ?? null);
  const deltas: Delta[] = [];
  const stop = publisher.subscribe((delta) => deltas.push(delta));
  // Something was published just now, so everything that follows waits for the tick.
  views.set('first', view('first'));
  publisher.noteChange({ kind: 'added', id: 'first' });
  publisher.publish();
  deltas.length = 0;
  return { views, publisher, deltas, stop, clock, tick: () => clock.advance(100) };
}

describe('Publisher', () => {
  it('gathers many changes of a download into one delta with only what differs', async () => {
    const { views, publisher, deltas, tick } = setUp();
    views.set('a', view('a'));
    publisher.noteChange({ kind: 'added', id: 'a' });
    await tick();
    for (const receivedBytes of [10, 20, 30]) {
      views.set('a', view('a', { receivedBytes }));
      publisher.noteChange({ kind: 'changed', id: 'a' });
    }
    await tick();
    expect(deltas).toEqual([
      { sequence: 2, added: [view('a')] },
      { sequence: 3, changed: [{ id: 'a', receivedBytes: 30 }] },
    ]);
  });

  it('sends nothing when nothing visible changed', async () => {
    const { views, publisher, deltas, tick } = setUp();
    views.set('a', view('a'));
    publisher.noteShown(view('a'));
    publisher.noteChange({ kind: 'changed', id: 'a' });
    await tick();
    expect(deltas).toEqual([]);
  });

  it('never mentions what came and went in between', async () => {
    const { views, publisher, deltas, tick } = setUp();
    views.set('a', view('a'));
    publisher.noteChange({ kind: 'added', id: 'a' });
    views.delete('a');
    publisher.noteChange({ kind: 'removed', id: 'a' });
    await tick();
    expect(deltas).toEqual([]);
  });

  it('numbers deltas without gaps', async () => {
    const { views, publisher, deltas, tick } = setUp();
    for (let index = 0; index < 5; index += 1) {
      views.set('a', view('a', { receivedBytes: index }));
      publisher.noteChange({ kind: index === 0 ? 'added' : 'changed', id: 'a' });
      await tick();
    }
    expect(deltas.map(({ sequence }) => sequence)).toEqual([2, 3, 4, 5, 6]);
    expect(publisher.sequence).toBe(6);
  });

  it('tells a subscriber nothing after it has left', async () => {
    const { views, publisher, deltas, stop, tick } = setUp();
    stop();
    views.set('a', view('a'));
    publisher.noteChange({ kind: 'added', id: 'a' });
    await tick();
    publisher.publish();
    expect(deltas).toEqual([]);
  });

  it('sends the first change after a quiet while at once', async () => {
    const { views, publisher, deltas, clock, tick } = setUp();
    await tick();
    views.set('a', view('a'));
    publisher.noteChange({ kind: 'added', id: 'a' });
    await clock.advance(0);
    expect(deltas).toEqual([{ sequence: 2, added: [view('a')] }]);
  });
});
