/** A progress bar of a given width in columns. */
import type { Style } from './style.ts';

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

/** @param share from 0 to 1; null shows an empty bar, for an unknown size */
export function progressBar(share: number | null, columns: number, style: Style): string {
  const filled = Math.min(1, Math.max(0, share ?? 0)) * columns;
  const whole = Math.floor(filled);
  if (!style.unicode) return '#'.repeat(whole).padEnd(columns, '.');
  const rest = eighths[Math.floor((filled - whole) * 8)] ?? '';
  return `${'█'.repeat(whole)}${rest}`.padEnd(columns, '░');
}
