import type { ScheduleWindow } from '@sluice/contract';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isOpen, type LocalTime, nextChangeMs } from '../../src/plan/schedule.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const everyDay = [0, 1, 2, 3, 4, 5, 6];
const names = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** The wall's clock in a time zone, as the system's own tables have it. */
function clockIn(timeZone: string): (epochMs: number) => LocalTime {
  const options = { timeZone, weekday: 'short', hour: 'numeric', minute: 'numeric', hourCycle: 'h23' } as const;
  const format = new Intl.DateTimeFormat('en-US', options);
  return (epochMs) => {
    const deps = new Map(format.formatToParts(epochMs).map(({ type, value }) => [type, value]));
    const minute = Number(deps.get('hour')) * 60 + Number(deps.get('minute'));
    return { day: names.indexOf(deps.get('weekday') ?? ''), minute };
  };
}

const utc = clockIn('UTC');

function at(text: string): LocalTime {
  const [day = '', hour, minute] = text.split(/[ :]/);
  return { day: names.indexOf(day), minute: Number(hour) * 60 + Number(minute) };
}

function window(days: readonly number[], from: string, until: string): ScheduleWindow {
  const minutes = (text: string): number => at(`Sun ${text}`).minute;
  return { days: [...days], fromMinute: minutes(from), untilMinute: minutes(until) };
}

describe('whether a schedule is open', () => {
  const office = [window([1, 2, 3, 4, 5], '09:00', '17:30')];
  const night = [window([5], '22:00', '06:00')];
  const saturdayNight = [window([6], '22:00', '06:00')];
  const twoWindows = [window([1], '08:00', '10:00'), window([1], '20:00', '24:00')];
  test.each<[string, readonly ScheduleWindow[], string, boolean]>([
    ['none means always', [], 'Wed 03:00', true],
    ['before the first minute', office, 'Mon 08:59', false],
    ['in the first minute', office, 'Mon 09:00', true],
    ['in the last minute', office, 'Fri 17:29', true],
    ['after the last minute', office, 'Fri 17:30', false],
    ['on another day', office, 'Sat 12:00', false],
    ['over midnight, before it', night, 'Fri 23:59', true],
    ['over midnight, after it', night, 'Sat 05:59', true],
    ['over midnight, at its end', night, 'Sat 06:00', false],
    ['over midnight, the morning of its own day', night, 'Fri 05:00', false],
    ['over the end of the week', saturdayNight, 'Sun 05:59', true],
    ['over the end of the week, the night after', saturdayNight, 'Sun 23:00', false],
    ['between two windows', twoWindows, 'Mon 12:00', false],
    ['in the second window', twoWindows, 'Mon 23:59', true],
    ['until midnight and no further', twoWindows, 'Tue 00:00', false],
    ['24 hours from noon, the same day', [window([1], '12:00', '12:00')], 'Mon 12:00', true],
    ['24 hours from noon, the next morning', [window([1], '12:00', '12:00')], 'Tue 11:59', true],
    ['24 hours from noon, over', [window([1], '12:00', '12:00')], 'Tue 12:00', false],
    ['all of a day', [window([1], '00:00', '24:00')], 'Mon 23:59', true],
    ['all of a day, by its two midnights', [window([1], '00:00', '00:00')], 'Mon 23:59', true],
  ])('%s', (_, schedule, time, open) => {
    expect(isOpen(schedule, at(time))).toBe(open);
  });
});

describe('when a schedule changes next', () => {
  test.each<[string, readonly ScheduleWindow[]]>([
    ['there is none', []],
    ['it is open every hour of the week', [window(everyDay, '00:00', '24:00')]],
    ['its windows meet', [window(everyDay, '00:00', '12:00'), window(everyDay, '12:00', '24:00')]],
  ])('never when %s', (_, schedule) => {
    expect(nextChangeMs(schedule, Date.UTC(2026, 2, 1, 12, 34, 56), utc)).toBeNull();
  });

  const berlin = 'Europe/Berlin';
  const nightly = [window(everyDay, '22:00', '06:00')];
  const early = [window([0], '02:15', '02:45')];
  const lordHowe = [window([0], '01:45', '02:20')];
  test.each<[string, string, readonly ScheduleWindow[], string, string]>([
    ['opens', 'UTC', nightly, '2026-01-07T12:00:30Z', '2026-01-07T22:00:00Z'],
    ['closes after midnight', 'UTC', nightly, '2026-01-07T23:00:00Z', '2026-01-08T06:00:00Z'],
    ['changes at the very minute', 'UTC', nightly, '2026-01-07T22:00:00Z', '2026-01-08T06:00:00Z'],
    ['a week ahead', 'UTC', [window([3], '10:00', '11:00')], '2026-01-07T11:00:00Z', '2026-01-14T10:00:00Z'],
    // Clocks are put on at 02:00 on 29 March 2026, and back at 03:00 on 25 October.
    ['a night that is an hour short', berlin, nightly, '2026-03-28T21:00:00Z', '2026-03-29T04:00:00Z'],
    ['a night that is an hour long', berlin, nightly, '2026-10-24T20:00:00Z', '2026-10-25T05:00:00Z'],
    ['a window that is skipped', berlin, early, '2026-03-28T12:00:00Z', '2026-04-05T00:15:00Z'],
    ['a window that comes twice, the first time', berlin, early, '2026-10-24T12:00:00Z', '2026-10-25T00:15:00Z'],
    ['a window that comes twice, the second time', berlin, early, '2026-10-25T00:45:00Z', '2026-10-25T01:15:00Z'],
    ['half an hour put on', 'Australia/Lord_Howe', lordHowe, '2026-10-03T12:00:00Z', '2026-10-03T15:15:00Z'],
    [
      'half an hour put on, in the window',
      'Australia/Lord_Howe',
      lordHowe,
      '2026-10-03T15:15:00Z',
      '2026-10-03T15:30:00Z',
    ],
    ['three quarters off', 'Asia/Kathmandu', nightly, '2026-01-07T12:00:00Z', '2026-01-07T16:15:00Z'],
  ])('%s (%s)', (_, zone, schedule, now, then) => {
    const changesAtMs = nextChangeMs(schedule, Date.parse(now), clockIn(zone));
    expect(changesAtMs === null ? null : new Date(changesAtMs).toISOString()).toBe(new Date(then).toISOString());
  });

  const schedules = fc.array(
    fc.record({
      days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
      fromMinute: fc.integer({ min: 0, max: 1439 }),
      untilMinute: fc.integer({ min: 0, max: 1440 }),
    }),
    { minLength: 1, maxLength: 3 },
  );
  const around = fc.constantFrom('2026-03-28T00:00Z', '2026-10-24T00:00Z', '2026-06-01T00:00Z', '2026-04-04T00:00Z');
  const zones = fc.constantFrom(berlin, 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC');

  it('is open or closed throughout until then, and the other way from then on, whatever clocks do', () => {
    fc.assert(
      fc.property(schedules, around, fc.nat(2 * dayMs), zones, (schedule, near, offsetMs, zone) => {
        const nowMs = Date.parse(near) + offsetMs;
        const clock = clockIn(zone);
        const open = isOpen(schedule, clock(nowMs));
        const changesAtMs = nextChangeMs(schedule, nowMs, clock);
        const untilMs = Math.min(changesAtMs ?? Number.POSITIVE_INFINITY, nowMs + 3 * dayMs);
        for (let ms = nowMs; ms < untilMs; ms += 7 * minuteMs) expect(isOpen(schedule, clock(ms))).toBe(open);
        if (changesAtMs === null) return;
        expect(changesAtMs).toBeGreaterThan(nowMs);
        expect(changesAtMs % minuteMs).toBe(0);
        expect(isOpen(schedule, clock(changesAtMs - 1))).toBe(open);
        expect(isOpen(schedule, clock(changesAtMs))).toBe(!open);
      }),
      { numRuns: 60 },
    );
  });
});
