/** What a watch follows, and when nothing is left to wait for. */
import { type DownloadView, defaultSettings, mainQueueView } from '@sluice/contract';
import { describe, expect, test } from 'vitest';
import { Watched } from '../../../src/commands/watch/watched.ts';
import { view } from '../../report/views.ts';

const running = { kind: 'running', phase: 'transferring' } as const;
const finished = { kind: 'finished', finishedAtMs: 1 } as const;
const failed = { kind: 'failed', error: { code: 'http-gone' } } as const;

function snapshot(...downloads: readonly DownloadView[]) {
  return { sequence: 1, downloads: [...downloads], settings: defaultSettings, queues: [mainQueueView] };
}

function delta(change: Partial<Parameters<Watched['takeDelta']>[0]>) {
  return { sequence: 2, ...change };
}

describe('a watch of all', () => {
  test('passes over what is over, and takes up what is added or started again', () => {
    const watched = new Watched(null);
    const { changed, ended } = watched.takeSnapshot(
      snapshot(view({ id: 'a', state: running }), view({ id: 'b', state: finished }), view({ id: 'c', state: failed })),
    );
    expect([changed.map(({ id }) => id), ended]).toEqual([['a'], []]);
    watched.takeDelta(delta({ added: [view({ id: 'd', state: { kind: 'queued' } })] }));
    watched.takeDelta(delta({ changed: [{ id: 'c', state: { kind: 'queued' } }] }));
    expect(watched.downloads.map(({ id }) => id)).toEqual(['a', 'd', 'c']);
  });

  test('tells once of each end, and again of one that was started again', () => {
    const watched = new Watched(null);
    watched.takeSnapshot(snapshot(view({ id: 'a', state: running })));
    expect(watched.takeDelta(delta({ changed: [{ id: 'a', state: failed }] })).ended).toHaveLength(1);
    expect(watched.takeDelta(delta({ changed: [{ id: 'a', connections: 0 }] })).ended).toEqual([]);
    expect(watched.verdicts).toEqual([{ kind: 'failed', error: failed.error }]);
    watched.takeDelta(delta({ changed: [{ id: 'a', state: running }] }));
    expect(watched.verdicts).toEqual([]);
    expect(watched.takeDelta(delta({ changed: [{ id: 'a', state: finished }] })).ended).toMatchObject([
      { verdict: { kind: 'finished' } },
    ]);
  });

  test.each([
    [{ kind: 'queued' }, false],
    [running, false],
    [{ kind: 'waiting', error: { code: 'stalled' }, retryAtMs: 1, attempt: 1 }, false],
    [{ kind: 'paused' }, true],
    [{ kind: 'cancelled' }, true],
    [failed, true],
    [finished, true],
  ] as const)('%j: at rest is %s', (state, expected) => {
    const watched = new Watched(['a']);
    watched.takeSnapshot(snapshot(view({ id: 'a', state })));
    expect(watched.atRest).toBe(expected);
  });

  test('what is taken off the list is waited for no more', () => {
    const watched = new Watched(null);
    watched.takeSnapshot(snapshot(view({ id: 'a', state: running }), view({ id: 'b', state: running })));
    watched.takeDelta(delta({ removed: ['a'] }));
    watched.takeSnapshot(snapshot());
    expect(watched.atRest).toBe(true);
    expect(watched.downloads).toEqual([]);
  });
});

test('a watch of some tells of those alone, whatever state they are in', () => {
  const watched = new Watched(['b', 'c']);
  const { changed } = watched.takeSnapshot(
    snapshot(
      view({ id: 'a', state: running }),
      view({ id: 'b', state: { kind: 'paused' } }),
      view({ id: 'c', state: finished }),
    ),
  );
  expect(changed.map(({ id }) => id)).toEqual(['b', 'c']);
  expect(watched.stopped.map(({ id }) => id)).toEqual(['b']);
});
