/** The bars over time: how often they are drawn, what stays above them, and that nothing is left behind. */
import type { DownloadView } from '@sluice/contract';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { TerminalReporter } from '../../src/report/terminal-reporter.ts';
import { view } from './views.ts';

let writes: string[];
let errors: string;
let columns: number;
let reporter: TerminalReporter;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  writes = [];
  errors = '';
  columns = 80;
  reporter = new TerminalReporter(
    {
      out: (text) => {
        writes.push(text);
      },
      error: (text) => {
        errors += text;
      },
    },
    {
      workingFolder: '/work',
      style: { colour: false, unicode: false },
      size: () => ({ columns, rows: 24 }),
      nowMs: () => Date.now(),
    },
  );
});

afterEach(() => {
  vi.useRealTimers();
});

function tell(download: DownloadView): void {
  reporter.changed([download], [download]);
}

describe('TerminalReporter', () => {
  test('draws at most ten times a second, however often things change', () => {
    for (let elapsedMs = 0; elapsedMs < 1_000; elapsedMs += 5) {
      tell(view({ receivedBytes: elapsedMs }));
      vi.advanceTimersByTime(5);
    }
    expect(writes.length).toBeGreaterThan(5);
    expect(writes.length).toBeLessThanOrEqual(10);
  });

  test('writes nothing while nothing changes', () => {
    tell(view());
    vi.advanceTimersByTime(5_000);
    expect(writes).toHaveLength(1);
  });

  test('counts a wait down, though the engine says nothing meanwhile', () => {
    tell(view({ state: { kind: 'waiting', error: { code: 'stalled' }, retryAtMs: 3_000, attempt: 1 } }));
    vi.advanceTimersByTime(3_000);
    const seconds = writes.map((text) => / in (\d:\d\d)/.exec(text)?.[1]);
    expect(seconds).toEqual(['0:03', '0:02', '0:01', '0:00']);
  });

  test('follows the terminal when it is resized', () => {
    tell(view());
    vi.advanceTimersByTime(100);
    columns = 30;
    vi.advanceTimersByTime(100);
    expect(writes).toHaveLength(2);
    expect(writes[1]?.length ?? 0).toBeLessThan(writes[0]?.length ?? 0);
    // The line of 80 columns lies in three rows of 30 now.
    expect(writes[1]).toContain('\u001B[3A\r');
  });

  test('what ended stays as a line, and its bar goes', () => {
    const finished = view({ state: { kind: 'finished', finishedAtMs: 1 }, receivedBytes: 1000 });
    tell(view());
    vi.advanceTimersByTime(2_000);
    tell(finished);
    reporter.settled(finished, { kind: 'finished' });
    expect(writes.join('')).toContain('ok file.iso  1000 B in 0:02 (250 B/s)\n');
    // The last thing written takes the bar away.
    expect(writes.at(-1)).toMatch(/\[1A\r.{0,4}\[J$/s);
  });

  test('an end clears the bars, stops the clock and tells the rest on standard error', () => {
    tell(view());
    vi.advanceTimersByTime(100);
    reporter.ended({ exitCode: 130, downloads: [view()], interrupted: true });
    expect(writes.at(-1)).toMatch(/\[1A\r.{0,1}\[J$/s);
    expect(errors).toContain('sluice: Stopped.');
    expect(vi.getTimerCount()).toBe(0);
  });
});
