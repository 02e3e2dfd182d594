/** Sizes, speeds and times as people read them. Units are powers of 1024, as in `--limit-rate`. */

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;

/** Three digits or four: `0 B`, `999 B`, `1.0 KiB`, `12.3 MiB`, `1023 GiB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // What would be shown as 1024 of a unit is one of the next.
  while (Math.round(value) >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit > 0 && value < 99.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${units[unit] ?? 'B'}`;
}

export function formatSpeed(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}

/** `0:07`, `12:34`, `1:02:03`, `3 days`; never wider than eight. Rounded up: 0:00 means now. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.ceil(durationMs / 1000));
  if (seconds >= 2 * 86_400) return `${Math.min(999, Math.floor(seconds / 86_400))} days`;
  const minutes = Math.floor(seconds / 60);
  const tail = String(seconds % 60).padStart(2, '0');
  if (minutes < 60) return `${minutes}:${tail}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${tail}`;
}

/** Rounded down: 100 % is only said of what is whole. */
export function formatPercent(part: number, whole: number): string {
  const percent = whole === 0 ? 100 : Math.min(100, Math.floor((part / whole) * 100));
  return `${percent}%`;
}
