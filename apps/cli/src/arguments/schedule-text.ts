/** Hours of the week as words: `mon-fri 22:00-06:00`, `sat,sun 00:00-24:00`, `daily 01:00-05:00`. */
import type { ScheduleWindow } from '@sluice/contract';
import { type Parsed, wrongUsage } from './usage-error.ts';

const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const everyDay = 'daily';
const minutesPerDay = 1440;

/** @param words one window each; `always` alone takes all hours back */
export function readSchedule(words: readonly string[]): Parsed<ScheduleWindow[]> {
  if (words.length === 1 && words[0] === 'always') return { kind: 'ok', value: [] };
  const windows: ScheduleWindow[] = [];
  for (const text of words) {
    const window = readWindow(text);
    if (window === null) return wrongUsage({ kind: 'schedule', text });
    windows.push(window);
  }
  return { kind: 'ok', value: windows };
}

export function scheduleText(windows: readonly ScheduleWindow[]): string {
  return windows.length === 0 ? 'always' : windows.map(windowText).join('; ');
}

function readWindow(text: string): ScheduleWindow | null {
  const match = /^\s*(\S+)\s+(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})\s*$/.exec(text);
  const days = readDays(match?.[1]?.toLowerCase() ?? '');
  const fromMinute = readTime(match?.[2] ?? '');
  const untilMinute = readTime(match?.[3] ?? '');
  if (days === null || fromMinute === null || untilMinute === null || fromMinute === minutesPerDay) return null;
  return { days, fromMinute, untilMinute };
}

function readDays(text: string): number[] | null {
  if (text === everyDay) return [0, 1, 2, 3, 4, 5, 6];
  const days = new Set<number>();
  for (const part of text.split(',')) {
    const [first, last, ...more] = part.split('-').map(dayOf);
    if (first === undefined || first < 0 || (last ?? 0) < 0 || more.length > 0) return null;
    // A week has no end: fri-mon goes over Sunday.
    for (let day = first; ; day = (day + 1) % dayNames.length) {
      days.add(day);
      if (day === (last ?? first)) break;
    }
  }
  return [...days].toSorted((left, right) => left - right);
}

/** -1 for none; longer names begin with the short ones. */
function dayOf(name: string): number {
  return /^[a-z]{3,9}$/.test(name) ? dayNames.findIndex((day) => name.startsWith(day)) : -1;
}

function readTime(text: string): number | null {
  const [hours = Number.NaN, minutes = Number.NaN] = text.split(':').map(Number);
  const total = hours * 60 + minutes;
  return minutes < 60 && total <= minutesPerDay ? total : null;
}

function windowText({ days, fromMinute, untilMinute }: ScheduleWindow): string {
  const names = days.map((day) => dayNames[day] ?? '').join(',');
  return `${days.length === dayNames.length ? everyDay : names} ${timeText(fromMinute)}-${timeText(untilMinute)}`;
}

function timeText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
