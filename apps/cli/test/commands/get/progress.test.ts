/** When a download counts as over, and what is made of what the engine says afterwards. */
import { defaultSettings, mainQueueView, type DownloadState } from '@sluice/contract';
import { describe, expect, test } from 'vitest';
import { judge, Progress } from '../../../src/commands/get/progress.ts';
import { view } from '../../report/views.ts';

function waiting(attempt: number): DownloadState & { kind: 'waiting' } {
  return { kind: 'waiting', error: { code: 'stalled' }, retryAtMs: 1, attempt };
}

function started(maxAttempts: number | null = 6): Progress {
  const progress = new Progress({ maxAttempts, waitNetworkMs: null, nowMs: () => 0 });
  progress.takeSnapshot({
    sequence: 1,
    downloads: [view({ id: 'a' }), view({ id: 'b' })],
    settings: defaultSettings,
    queues: [mainQueueView],
  });
  return progress;
}

describe('judge', () => {
  test.each<[DownloadState, number | null, string | null]>([
    [{ kind: 'queued' }, 5, null],
    [{ kind: 'running', phase: 'checking' }, 5, null],
    [{ kind: 'paused' }, 5, null],
    [waiting(5), 6, null],
    [waiting(6), 6, 'stalled'],
    [waiting(1), 1, 'stalled'],
    [waiting(1_000), null, null],
    [{ ...waiting(1), error: { code: 'disk-full' } }, 5, 'disk-full'],
    [{ ...waiting(1), error: { code: 'disk-full' } }, null, null],
    [{ kind: 'failed', error: { code: 'http-gone' } }, null, 'http-gone'],
    [{ kind: 'cancelled' }, null, 'aborted'],
  ])('%j with %s attempts', (state, maxAttempts, code) => {
    const verdict = judge({ state }, maxAttempts);
    expect(verdict?.kind === 'failed' ? verdict.error.code : null).toBe(code);
  });

  test('finished is finished', () => {
    expect(judge({ state: { kind: 'finished', finishedAtMs: 1 } }, 0)).toEqual({ kind: 'finished' });
  });
});

describe('Progress', () => {
  test('merges what changed and keeps the order of the list', () => {
    const progress = started();
    const changed = progress.takeDelta({
      sequence: 2,
      changed: [
        { id: 'b', receivedBytes: 700 },
        { id: 'stranger', receivedBytes: 1 },
      ],
    });
    expect(changed).toEqual([view({ id: 'b', receivedBytes: 700 })]);
    expect(progress.downloads.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(progress.over).toBe(false);
  });

  test('is over when every download is', () => {
    const progress = started();
    progress.takeDelta({
      sequence: 2,
      changed: [{ id: 'b', state: { kind: 'failed', error: { code: 'http-gone' } } }],
    });
    expect(progress.over).toBe(false);
    progress.takeDelta({ sequence: 3, changed: [{ id: 'a', state: { kind: 'finished', finishedAtMs: 1 } }] });
    expect(progress.over).toBe(true);
    expect(progress.verdicts).toEqual([{ kind: 'finished' }, { kind: 'failed', error: { code: 'http-gone' } }]);
  });

  test('a download given up is shown as failed, and stays so whatever the engine says next', () => {
    const progress = started(1);
    const [given] = progress.takeDelta({ sequence: 2, changed: [{ id: 'a', state: waiting(2) }] });
    expect(given?.state).toEqual({ kind: 'failed', error: { code: 'stalled' } });
    expect(progress.takeDelta({ sequence: 3, changed: [{ id: 'a', state: { kind: 'paused' } }] })).toEqual([]);
    expect(
      progress.takeSnapshot({
        sequence: 4,
        downloads: [view({ id: 'a' })],
        settings: defaultSettings,
        queues: [mainQueueView],
      }),
    ).toEqual([]);
    expect(progress.downloads[0]?.state.kind).toBe('failed');
  });
});

describe('F125 a network that is away', () => {
  const away: DownloadState = {
    kind: 'waiting',
    error: { code: 'unreachable', facts: { network: 'away' } },
    retryAtMs: 1,
    attempt: 0,
  };

  function watching(waitNetworkMs: number | null, maxAttempts: number | null = 1) {
    let nowMs = 1000;
    const progress = new Progress({ maxAttempts, waitNetworkMs, nowMs: () => nowMs });
    progress.takeSnapshot({
      sequence: 1,
      downloads: [view({ id: 'a' })],
      settings: defaultSettings,
      queues: [mainQueueView],
    });
    let sequence = 1;
    const tell = (atMs: number, state: DownloadState, receivedBytes = 0) => {
      nowMs = atMs;
      sequence += 1;
      progress.takeDelta({ sequence, changed: [{ id: 'a', state, receivedBytes }] });
      return progress.verdictOf('a') ?? progress.downloads[0]?.state;
    };
    return tell;
  }

  test('is waited for as long as was said, however often it is tried, and the end of the wait is shown', () => {
    const tell = watching(60_000);
    const running: DownloadState = { kind: 'running', phase: 'connecting' };
    expect(tell(1000, away)).toMatchObject({ error: { facts: { waitEndsAtMs: 61_000 } } });
    tell(3000, running);
    expect(tell(60_999, away)).toMatchObject({ error: { facts: { waitEndsAtMs: 61_000 } } });
    expect(tell(61_000, away)).toMatchObject({ kind: 'failed', error: { code: 'unreachable' } });
  });

  test('that came back and goes away again is waited for anew', () => {
    const tell = watching(60_000);
    tell(1000, away);
    tell(50_000, { kind: 'running', phase: 'transferring' }, 10);
    expect(tell(70_000, away, 10)).toMatchObject({ kind: 'waiting' });
    expect(tell(130_000, away, 10)).toMatchObject({ kind: 'failed' });
  });

  test('is not waited for where that was said, and without end where that was said', () => {
    expect(watching(0)(1000, away)).toMatchObject({ kind: 'failed' });
    expect(watching(null)(1e12, away)).toMatchObject({ kind: 'waiting' });
    expect(watching(1000, null)(1000, away)).toMatchObject({ kind: 'waiting' });
  });
});
