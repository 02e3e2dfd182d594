/** Hours of the week as words, and back. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSchedule, scheduleText } from '../../src/arguments/schedule-text.ts';

describe('readSchedule', () => {
  test.each([
    ['mon-fri 22:00-06:00', { days: [1, 2, 3, 4, 5], fromMinute: 1320, untilMinute: 360 }],
    ['sat,sun 0:00-24:00', { days: [0, 6], fromMinute: 0, untilMinute: 1440 }],
    ['fri-mon 08:30-09:15', { days: [0, 1, 5, 6], fromMinute: 510, untilMinute: 555 }],
    ['Daily 01:00 - 05:00', { days: [0, 1, 2, 3, 4, 5, 6], fromMinute: 60, untilMinute: 300 }],
    ['wednesday 00:00-00:00', { days: [3], fromMinute: 0, untilMinute: 0 }],
  ])('%s', (text, window) => {
    expect(readSchedule([text])).toEqual({ kind: 'ok', value: [window] });
  });

  test('always is no hours at all', () => {
    expect(readSchedule(['always'])).toEqual({ kind: 'ok', value: [] });
  });

  test.each([
    '',
    'mon',
    '22:00-06:00',
    'moon 22:00-06:00',
    'mon-tue-wed 22:00-06:00',
    'mon- 22:00-06:00',
    'mon 24:00-06:00',
    'mon 22:60-06:00',
    'mon 22:00-24:01',
    'mon 22-06',
    'mo 22:00-06:00',
    'always 1:00-2:00',
  ])('%j is refused', (text) => {
    expect(readSchedule(['daily 00:00-01:00', text])).toEqual({
      kind: 'usage-error',
      usageError: { kind: 'schedule', text },
    });
  });

  test('what is shown can be typed', () => {
    const window = fc.record({
      days: fc
        .uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 })
        .map((days) => days.toSorted((left, right) => left - right)),
      fromMinute: fc.integer({ min: 0, max: 1439 }),
      untilMinute: fc.integer({ min: 0, max: 1440 }),
    });
    fc.assert(
      fc.property(fc.array(window, { maxLength: 4 }), (windows) => {
        expect(readSchedule(scheduleText(windows).split('; '))).toEqual({ kind: 'ok', value: windows });
      }),
    );
  });
});
