/** Reads HTTP dates in the three forms a recipient must understand (RFC 9110 section 5.6.7). */

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `Sun, 06 Nov 1994 08:49:37 GMT` */
const fixed = /^[a-z]{3}, (\d{2}) ([a-z]{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) (?:gmt|utc)$/i;
/** `Sunday, 06-Nov-94 08:49:37 GMT` */
const rfc850 = /^[a-z]{6,9}, (\d{2})-([a-z]{3})-(\d{2}) (\d{2}):(\d{2}):(\d{2}) (?:gmt|utc)$/i;
/** `Sun Nov  6 08:49:37 1994` */
const asctime = /^[a-z]{3} ([a-z]{3}) ([ \d]\d) (\d{2}):(\d{2}):(\d{2}) (\d{4})$/i;

/**
 * @param nowMs settles two-digit years: what would lie more than 50 years ahead means the past. Without it they
 *   fall into 1970-2069.
 * @returns milliseconds since the epoch; null when it is no date
 */
export function parseHttpDate(value: string, nowMs?: number): number | null {
  const text = value.trim();
  let match = fixed.exec(text);
  if (match !== null) {
    const [, day, month, year, hour, minute, second] = match;
    return toEpochMs({ year: Number(year), month, day, hour, minute, second });
  }
  match = rfc850.exec(text);
  if (match !== null) {
    const [, day, month, year, hour, minute, second] = match;
    return toEpochMs({ year: fullYear(Number(year), nowMs), month, day, hour, minute, second });
  }
  match = asctime.exec(text);
  if (match !== null) {
    const [, month, day, hour, minute, second, year] = match;
    return toEpochMs({ year: Number(year), month, day, hour, minute, second });
  }
  return null;
}

function fullYear(twoDigits: number, nowMs: number | undefined): number {
  if (nowMs === undefined) return twoDigits + (twoDigits < 70 ? 2000 : 1900);
  const thisYear = new Date(nowMs).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + twoDigits;
  return year > thisYear + 50 ? year - 100 : year;
}

interface DateParts {
  readonly year: number;
  readonly month: string | undefined;
  readonly day: string | undefined;
  readonly hour: string | undefined;
  readonly minute: string | undefined;
  readonly second: string | undefined;
}

/** Null for the 31st of June and the like, which `Date.UTC` would quietly move. A leap second counts as :59. */
function toEpochMs(deps: DateParts): number | null {
  const month = months.indexOf((deps.month ?? '').toLowerCase());
  const [day, hour, minute] = [Number(deps.day), Number(deps.hour), Number(deps.minute)];
  const second = Number(deps.second);
  if (month < 0 || hour > 23 || minute > 59 || second > 60) return null;
  const date = new Date(Date.UTC(deps.year, month, day, hour, minute, Math.min(second, 59)));
  // Date.UTC reads years 0-99 as 1900-1999; nothing on the web is that old.
  if (date.getUTCFullYear() !== deps.year || date.getUTCMonth() !== month || date.getUTCDate() !== day) return null;
  return date.getTime();
}
