/** Minutes since midnight as a time field has them, and back. */

const minutesOfDay = 1440;

/** `HH:MM`; the midnight at the end of a day reads as the one at the start of the next. */
export function clockText(minute: number): string {
  const within = minute % minutesOfDay;
  return [Math.floor(within / 60), within % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** Null while what is typed is no time. */
export function clockMinutes(text: string): number | null {
  const [, hours, minutes] = /^(\d{2}):(\d{2})(?::\d{2})?$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) return null;
  const minute = Number(hours) * 60 + Number(minutes);
  return minute < minutesOfDay && Number(minutes) < 60 ? minute : null;
}
