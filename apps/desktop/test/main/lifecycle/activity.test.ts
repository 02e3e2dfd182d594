/** What tray and task bar say of a list. */
import type { DownloadState, DownloadView } from '@sluice/contract';
import { describe, expect, test } from 'vitest';
import { idle, progressBarValue, summarise, trayState, trayToolTip } from '../../../src/main/lifecycle/activity.ts';
import { speedText } from '../../../src/main/text.ts';
import { downloadView } from '../../download-view.ts';

const running: DownloadState = { kind: 'running', phase: 'transferring' };
const waiting: DownloadState = { kind: 'waiting', error: { code: 'stalled' }, retryAtMs: 0, attempt: 1 };

describe('the summary of a list', () => {
  test('of nothing is idle', () => {
    expect(summarise([])).toEqual(idle);
    expect([trayState(idle), trayToolTip(idle), progressBarValue(idle)]).toEqual(['normal', 'Sluice', -1]);
  });

  test('counts, and adds up speed and bytes of what runs', () => {
    const activity = summarise([
      downloadView({ state: running, sizeBytes: 300, receivedBytes: 100, speedBytesPerSecond: 1_500_000 }),
      downloadView({ state: running, sizeBytes: 100, receivedBytes: 100, speedBytesPerSecond: 500_000 }),
      downloadView({ state: { kind: 'queued' }, sizeBytes: 1e9 }),
      downloadView({ state: waiting }),
      downloadView({ state: { kind: 'paused' }, receivedBytes: 50 }),
      downloadView({ state: { kind: 'finished', finishedAtMs: 0 } }),
    ]);
    expect(activity).toEqual({ running: 2, pending: 2, paused: 1, speedBytesPerSecond: 2_000_000, fraction: 0.5 });
    expect(trayState(activity)).toBe('active');
    expect(trayToolTip(activity)).toBe('Sluice: 2 downloading, 2.0 MB/s');
    expect(progressBarValue(activity)).toBe(0.5);
  });

  test.for<[string, Partial<DownloadView>]>([
    ['an unknown size', { sizeBytes: null }],
    ['an empty file', { sizeBytes: 0 }],
  ])('shows that something goes on, not how far, with %s', ([, fields]) => {
    const activity = summarise([downloadView({ state: running, ...fields })]);
    expect(activity.fraction).toBe('unknown');
    expect(progressBarValue(activity)).toBeGreaterThan(1);
  });

  test.for<[DownloadState['kind'][], string]>([
    [['paused'], 'paused'],
    [['paused', 'queued'], 'normal'],
    [['finished', 'failed', 'cancelled'], 'normal'],
  ])('has its state: %j is %s', ([kinds, state]) => {
    const states: Partial<Record<DownloadState['kind'], DownloadState>> = {
      queued: { kind: 'queued' },
      paused: { kind: 'paused' },
      cancelled: { kind: 'cancelled' },
      finished: { kind: 'finished', finishedAtMs: 0 },
      failed: { kind: 'failed', error: { code: 'http-gone' } },
    };
    expect(trayState(summarise(kinds.map((kind) => downloadView({ state: states[kind] ?? { kind: 'queued' } }))))).toBe(
      state,
    );
  });

  test.for<[number, string]>([
    [0, '0 B/s'],
    [999, '999 B/s'],
    [1000, '1.0 kB/s'],
    [99_949, '99.9 kB/s'],
    [999_950, '1.0 MB/s'],
    [123_456_789, '123 MB/s'],
    [2.5e12, '2500 GB/s'],
  ])('says %d bytes a second as %s', ([speed, said]) => {
    expect(speedText(speed)).toBe(said);
  });
});
