/** Which changes are announced, and how many at once. */
import { describe, expect, test } from 'vitest';
import { announcements, outcomeOf, type Outcome } from '../../../src/main/notifications/outcomes.ts';
import { downloadView } from '../../download-view.ts';

const finished = downloadView({ state: { kind: 'finished', finishedAtMs: 1 } });
const failed = downloadView({ state: { kind: 'failed', error: { code: 'http-gone' } } });
const running = downloadView({ state: { kind: 'running', phase: 'transferring' } });

function outcomes(kind: Outcome['kind'], names: readonly string[]): Outcome[] {
  return names.map((name) => ({ id: name, name, kind }));
}

describe('outcomes', () => {
  test.for([
    ['running to finished', running, finished, 'finished'],
    ['running to failed', running, failed, 'failed'],
    ['failed to finished', failed, finished, 'finished'],
    ['finished and still finished', finished, finished, undefined],
    ['failed and still failed', failed, failed, undefined],
    ['new to the list and finished', undefined, finished, undefined],
    ['finished to running', finished, running, undefined],
  ] as const)('%s', ([, before, after, kind]) => {
    expect(outcomeOf(before, after)?.kind).toBe(kind);
  });

  test('a few are announced one by one', () => {
    expect(announcements([...outcomes('finished', ['a', 'b']), ...outcomes('failed', ['c'])])).toEqual([
      { title: 'Download finished', body: 'a' },
      { title: 'Download finished', body: 'b' },
      { title: 'Download failed', body: 'c' },
    ]);
  });

  test('many are announced as one', () => {
    const names = Array.from({ length: 12 }, (_unused, index) => `file ${index}`);
    expect(announcements(outcomes('finished', names))).toEqual([
      { title: '12 downloads finished', body: 'file 0\nfile 1\nfile 2\n…' },
    ]);
  });

  test('a name of ten thousand characters is cut', () => {
    const [announcement] = announcements(outcomes('finished', ['x'.repeat(10_000)]));
    expect(announcement?.body.length).toBe(120);
  });

  test('nothing is announced for nothing', () => {
    expect(announcements([])).toEqual([]);
  });
});
