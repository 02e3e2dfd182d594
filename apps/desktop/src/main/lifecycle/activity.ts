/** Sums the list up for what shows it without a window: tray, task bar and power. Pure. */
import type { DownloadView } from '@sluice/contract';
import { speedText, text } from '../text.ts';

export interface Activity {
  /** Downloads whose run is under way. */
  readonly running: number;
  /** Downloads that will continue by themselves: queued, or between two attempts. */
  readonly pending: number;
  readonly paused: number;
  readonly speedBytesPerSecond: number;
  /** 0 to 1 over the running downloads; null when none runs, `unknown` when a size is not known. */
  readonly fraction: number | 'unknown' | null;
}

export const idle: Activity = { running: 0, pending: 0, paused: 0, speedBytesPerSecond: 0, fraction: null };

export function summarise(downloads: Iterable<DownloadView>): Activity {
  let running = 0;
  let pending = 0;
  let paused = 0;
  let speedBytesPerSecond = 0;
  let sizeBytes = 0;
  let receivedBytes = 0;
  let unknown = false;
  for (const download of downloads) {
    const { kind } = download.state;
    if (kind === 'queued' || kind === 'waiting') pending += 1;
    if (kind === 'paused') paused += 1;
    if (kind !== 'running') continue;
    running += 1;
    speedBytesPerSecond += download.speedBytesPerSecond;
    receivedBytes += download.receivedBytes;
    sizeBytes += download.sizeBytes ?? 0;
    unknown ||= download.sizeBytes === null;
  }
  const known = sizeBytes === 0 ? 'unknown' : Math.min(1, receivedBytes / sizeBytes);
  return {
    running,
    pending,
    paused,
    speedBytesPerSecond,
    fraction: running === 0 ? null : unknown ? 'unknown' : known,
  };
}

export type TrayState = 'active' | 'paused' | 'normal';

export function trayState({ running, pending, paused }: Activity): TrayState {
  if (running > 0) return 'active';
  return paused > 0 && pending === 0 ? 'paused' : 'normal';
}

export function trayToolTip({ running, speedBytesPerSecond }: Activity): string {
  if (running === 0) return text.name;
  return `${text.name}: ${running} downloading, ${speedText(speedBytesPerSecond)}`;
}

/** As `setProgressBar` takes it: -1 removes the bar, above 1 shows that something is going on. */
export function progressBarValue({ fraction }: Activity): number {
  if (fraction === null) return -1;
  return fraction === 'unknown' ? 2 : fraction;
}
