/** Says whether a schedule of weekly windows is open at a local time, and when that changes next. */
import type { ScheduleWindow } from '@sluice/contract';

/** What a clock on the wall shows. */
export interface LocalTime {
  /** 0 is Sunday, 6 is Saturday. */
  readonly day: number;
  /** Since midnight, 0 to 1439. */
  readonly minute: number;
}

const minuteMs = 60_000;
const dayMinutes = 24 * 60;
const weekMinutes = 7 * dayMinutes;

/** Wherever clocks are put on or back, they are at a quarter of an hour. */
const quarterMinutes = 15;

/**
 * A window that is skipped when clocks are put on comes round again a week later, and not a minute after that.
 * What has not changed by then never does.
 */
const horizonMinutes = 2 * weekMinutes + dayMinutes;

/** Half-open, in minutes of the week; `end` may lie in the week after. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** An empty schedule is always open. */
export function isOpen(schedule: readonly ScheduleWindow[], at: LocalTime): boolean {
  return schedule.length === 0 || covers(spansOf(schedule), at);
}

/**
 * The first moment after `nowMs` at which {@link isOpen} says something else, by a clock that is put on and back
 * as `localTime` tells; null when there is none.
 */
export function nextChangeMs(
  schedule: readonly ScheduleWindow[],
  nowMs: number,
  localTime: (epochMs: number) => LocalTime,
): number | null {
  if (schedule.length === 0) return null;
  const spans = spansOf(schedule);
  const isOpenNow = covers(spans, localTime(nowMs));
  const start = Math.floor(nowMs / minuteMs);
  let minute = start;
  while (minute - start < horizonMinutes) {
    const toQuarter = quarterMinutes - (minute % quarterMinutes);
    minute += Math.min(toQuarter, minutesToEdge(spans, localTime(minute * minuteMs)));
    if (covers(spans, localTime(minute * minuteMs)) !== isOpenNow) return minute * minuteMs;
  }
  return null;
}

function spansOf(schedule: readonly ScheduleWindow[]): readonly Span[] {
  return schedule.flatMap(({ days, fromMinute, untilMinute }) => {
    const lengthMinutes = untilMinute - fromMinute + (untilMinute > fromMinute ? 0 : dayMinutes);
    return days.map((day) => {
      const start = day * dayMinutes + fromMinute;
      return { start, end: start + lengthMinutes };
    });
  });
}

function covers(spans: readonly Span[], at: LocalTime): boolean {
  const minute = minuteOfWeek(at);
  return spans.some(({ start, end }) => ahead(minute, start) < end - start);
}

/** To the next start or end of any window, at least 1. */
function minutesToEdge(spans: readonly Span[], at: LocalTime): number {
  const minute = minuteOfWeek(at);
  let least = weekMinutes;
  for (const { start, end } of spans) {
    least = Math.min(least, ahead(start, minute) || weekMinutes, ahead(end, minute) || weekMinutes);
  }
  return least;
}

function minuteOfWeek({ day, minute }: LocalTime): number {
  return day * dayMinutes + minute;
}

/** How far `minute` lies after `from`, going round the week. */
function ahead(minute: number, from: number): number {
  return (((minute - from) % weekMinutes) + weekMinutes) % weekMinutes;
}
