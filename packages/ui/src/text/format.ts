/** Turns numbers, sizes, speeds, durations and moments into text, through Intl, in SI units throughout. */

export interface Formats {
  number(value: number): string;
  /** 1 kB is 1000 bytes. At most three significant digits. */
  size(bytes: number): string;
  /** Like `size`, always with three digits, so that a growing number keeps its width. */
  steadySize(bytes: number): string;
  /** Always with three digits, so that a changing speed keeps its width. */
  speed(bytesPerSecond: number): string;
  /** A speed that stands still, with no more digits than it needs. */
  speedLimit(bytesPerSecond: number): string;
  /** Whole percent, rounded down: 100 % is only what is whole. */
  percent(part: number, whole: number): string;
  /** The two largest units that matter, rounded up to a second. */
  duration(ms: number): string;
  /** The time for today, else the date, as short as it stays clear. */
  moment(epochMs: number, nowMs: number): string;
  /** A time to come: the hour for today, with the day for later. */
  coming(epochMs: number, nowMs: number): string;
  weekday(epochMs: number, width: 'short' | 'long'): string;
  /** Date and time in full. */
  exactMoment(epochMs: number): string;
}

const sizeUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;
/** From here on three significant digits would read "1000" of a unit. */
const nextUnitFrom = 999.5;

const secondMs = 1000;
const timeUnits = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

export function createFormats(locale: string): Formats {
  const plain = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const clock = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
  const dayAndYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });
  const dayAndClock = new Intl.DateTimeFormat(locale, { weekday: 'short', hour: 'numeric', minute: '2-digit' });
  const weekdays = {
    short: new Intl.DateTimeFormat(locale, { weekday: 'short' }),
    long: new Intl.DateTimeFormat(locale, { weekday: 'long' }),
  };
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const units = new Map<string, Intl.NumberFormat>();

  function unitFormat(unit: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
    const key = `${unit}:${JSON.stringify(options)}`;
    const known = units.get(key);
    if (known !== undefined) return known;
    const made = new Intl.NumberFormat(locale, { style: 'unit', unit, ...options });
    units.set(key, made);
    return made;
  }

  function scaled(bytes: number, suffix: string, digits: Intl.NumberFormatOptions): string {
    let value = bytes;
    let index = 0;
    while (value >= nextUnitFrom && index < sizeUnits.length - 1) {
      value /= 1000;
      index += 1;
    }
    const unit = sizeUnits[index] ?? 'byte';
    if (index > 0) return unitFormat(`${unit}${suffix}`, { unitDisplay: 'short', ...digits }).format(value);
    if (suffix !== '') return unitFormat(`kilobyte${suffix}`, { unitDisplay: 'short', ...digits }).format(value / 1000);
    return unitFormat(unit, { unitDisplay: 'long', maximumFractionDigits: 0 }).format(value);
  }

  function duration(ms: number): string {
    let seconds = Math.max(1, Math.ceil(ms / secondMs));
    const parts: string[] = [];
    for (const [unit, unitSeconds] of timeUnits) {
      const count = Math.floor(seconds / unitSeconds);
      seconds -= count * unitSeconds;
      if (count === 0 && parts.length === 0) continue;
      parts.push(
        unitFormat(unit, { unitDisplay: 'narrow', minimumIntegerDigits: parts.length === 0 ? 1 : 2 }).format(count),
      );
      if (parts.length === 2) break;
    }
    return parts.join(' ');
  }

  function moment(epochMs: number, nowMs: number): string {
    const date = new Date(epochMs);
    const now = new Date(nowMs);
    const daysAgo = calendarDay(now) - calendarDay(date);
    if (daysAgo === 0) return clock.format(date);
    if (daysAgo === 1) return `${relative.format(-1, 'day')} ${clock.format(date)}`;
    return date.getFullYear() === now.getFullYear() ? day.format(date) : dayAndYear.format(date);
  }

  return {
    number: (value) => plain.format(value),
    size: (bytes) => scaled(bytes, '', { maximumSignificantDigits: 3 }),
    steadySize: (bytes) => scaled(bytes, '', { minimumSignificantDigits: 3, maximumSignificantDigits: 3 }),
    speed: (speed) => scaled(speed, '-per-second', speed === 0 ? { maximumFractionDigits: 0 } : steadySpeed(speed)),
    speedLimit: (speed) => scaled(speed, '-per-second', { maximumSignificantDigits: 3 }),
    percent: (part, whole) =>
      percents.format(part >= whole ? 1 : Math.min(0.99, Math.floor((part / whole) * 100) / 100)),
    duration,
    moment,
    coming: (epochMs, nowMs) => {
      const isToday = calendarDay(new Date(epochMs)) === calendarDay(new Date(nowMs));
      return (isToday ? clock : dayAndClock).format(epochMs);
    },
    weekday: (epochMs, width) => weekdays[width].format(epochMs),
    exactMoment: (epochMs) => exact.format(epochMs),
  };
}

/** Speeds below a kilobyte a second need no three digits. */
function steadySpeed(bytesPerSecond: number): Intl.NumberFormatOptions {
  return bytesPerSecond < 1000
    ? { maximumFractionDigits: 1 }
    : { minimumSignificantDigits: 3, maximumSignificantDigits: 3 };
}

/** A number that rises by one at each local midnight. */
function calendarDay(date: Date): number {
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);
}
