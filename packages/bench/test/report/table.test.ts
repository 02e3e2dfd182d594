import { expect, test } from 'vitest';
import { type CaseReport, cpuPerGigabyte, isMet, type RaceEntry, ratioGoal } from '../../src/report/report.ts';
import { drawReport, drawTable } from '../../src/report/table.ts';

const fast: RaceEntry = { name: 'fast', cost: { wallSeconds: 1, cpuSeconds: 0.5, peakBytes: 20e6 }, trouble: null };
const slow: RaceEntry = { name: 'slow', cost: { wallSeconds: 3, cpuSeconds: 2, peakBytes: 5e6 }, trouble: 'late once' };
const wrong: RaceEntry = { name: 'wrong', cost: null, trouble: 'WRONG BYTES near 0' };

const raceReport: CaseReport = {
  kind: 'race',
  title: 'A race',
  sizeBytes: 1e9,
  rounds: 3,
  entries: [fast, slow, wrong],
  goals: [{ name: 'wall', value: 0.333, limit: 0.8, unit: 'x' }],
};

test('a race as text: ratios to the first with a result, troubles where they belong', () => {
  expect(drawReport(raceReport, 'text')).toBe(
    [
      'A race',
      '',
      'Program                       Wall s     x  CPU s/GB     x  Peak MB',
      'fast                            1.00  1.00      0.50  1.00       20',
      'slow (late once)                3.00  3.00      2.00  4.00        5',
      'wrong             WRONG BYTES near 0',
      '',
      '  met: wall 0.33x (at most 0.80x)',
      '',
    ].join('\n'),
  );
});

test('a table of Markdown keeps its columns whatever is in a cell', () => {
  expect(drawTable(['A', 'B'], [['x|y', '1']], 'markdown')).toBe('| A    |   B |\n| ---- | --: |\n| x\\|y |   1 |');
});

test('what was skipped says why', () => {
  const text = drawReport({ kind: 'skipped', title: 'Link', why: 'only root may shape a link' }, 'markdown');
  expect(text).toBe('**Link**\n\nSkipped: only root may shape a link\n');
});

test('facts and a goal that was missed', () => {
  const text = drawReport(
    {
      kind: 'facts',
      title: 'Delay',
      facts: [{ name: 'p99', text: '21.0 ms' }],
      goals: [{ name: 'p99', value: 21, limit: 20, unit: 'ms' }],
    },
    'text',
  );
  expect(text).toContain('p99       21.0 ms');
  expect(text).toContain('MISSED: p99 21.00 ms (at most 20.00 ms)');
});

test('a goal compares with the best of the others, and with no result there is none', () => {
  const ask = { of: 'slow', to: ['fast', 'wrong'], measure: 'wallSeconds', limit: 3 } as const;
  expect(ratioGoal([fast, slow, wrong], ask)).toEqual({ name: 'wall of slow to fast', value: 3, limit: 3, unit: 'x' });
  expect(ratioGoal([fast, slow, wrong], { ...ask, of: 'wrong' })).toBeNull();
  expect(ratioGoal([slow, wrong], ask)).toBeNull();
});

test('a limit may be reached, not passed', () => {
  const goal = { name: '', limit: 1, unit: 'x' } as const;
  expect([0.9, 1, 1.01].map((value) => isMet({ ...goal, value }))).toEqual([true, true, false]);
  expect(isMet({ ...goal, value: Number.NaN })).toBe(false);
});

test('CPU time is counted for 10^9 bytes', () => {
  expect(cpuPerGigabyte({ wallSeconds: 1, cpuSeconds: 3, peakBytes: 0 }, 2e9)).toBe(1.5);
});
