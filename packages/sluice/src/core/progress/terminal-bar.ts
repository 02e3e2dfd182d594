/** A line in the terminal that shows how far a download, a round or a manager has come. */
import type { CrowdProgress } from './crowd-progress.ts';
import type { DownloadProgress } from './progress.ts';

export interface TerminalBarOptions {
  /** Where to. Default: standard error, so that what a program prints stays clean. */
  readonly stream?: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  /** True: shown although the stream is not a terminal, one line for each call. Default false: nothing is. */
  readonly always?: boolean;
}

const barColumns = 24;

/**
 * Makes a listener: `download(url, { file, onProgress: terminalBar() })`, `swarm(urls, { onProgress: terminalBar() })`,
 * `new DownloadManager(folder, { onTotalProgress: terminalBar() })`. In a terminal it draws over its own line, and ends
 * the line at 100 %.
 */
export function terminalBar(options: TerminalBarOptions = {}): (progress: DownloadProgress | CrowdProgress) => void {
  const { stream = process.stderr, always = false } = options;
  let isEnded = false;
  return (progress) => {
    const isTerminal = stream.isTTY === true;
    if (isEnded || (!isTerminal && !always)) return;
    const line = lineOf(progress).slice(0, Math.max(20, (stream.columns ?? 80) - 1));
    isEnded = progress.percent !== null && progress.percent >= 100;
    stream.write(isTerminal ? `\r\u001b[2K${line}${isEnded ? '\n' : ''}` : `${line}\n`);
  };
}

function lineOf(progress: DownloadProgress | CrowdProgress): string {
  const { percent, receivedBytes, totalBytes, bytesPerSecond, remainingMs } = progress;
  const filled = Math.round(((percent ?? 0) / 100) * barColumns);
  const bar = `[${'#'.repeat(filled)}${'-'.repeat(barColumns - filled)}]`;
  const parts = [
    `${bar} ${percent === null ? ' ?' : String(Math.floor(percent)).padStart(3)} %`,
    totalBytes === null ? bytes(receivedBytes) : `${bytes(receivedBytes)} of ${bytes(totalBytes)}`,
    `${bytes(bytesPerSecond)}/s`,
  ];
  if (remainingMs !== null && remainingMs > 0) parts.push(`${Math.ceil(remainingMs / 1000)} s left`);
  if ('ended' in progress) {
    const { failed, ...well } = progress.ended;
    const done = well.downloaded + well.present + well.accepted;
    parts.push(`${done}${progress.itemCount === null ? '' : `/${progress.itemCount}`} done`);
    if (failed > 0) parts.push(`${failed} failed`);
  }
  return parts.join('  ');
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

function bytes(count: number): string {
  let [value, unit] = [count, 0];
  for (; value >= 1000 && unit < units.length - 1; unit += 1) value /= 1000;
  return `${unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
