/** Turns the words of `sluice get` into a request that has been checked, or says what is wrong with them. */
import { resolve } from 'node:path';
import type { NewDownload } from '@sluice/contract';
import type { LogLevel } from '@sluice/host';
import { wrongUsage, type Parsed } from '../../arguments/usage-error.ts';
import { parseRate } from '../../arguments/parse-rate.ts';
import { readMaxAttempts, readSeconds } from '../../arguments/retry-options.ts';
import { readDownloads, type RawGetOptions } from '../../arguments/read-downloads.ts';
import { parseWholeNumber } from '../../arguments/whole-number.ts';

/** As commander hands them over: every value still the text that was typed. */
export interface RawGetCommandOptions extends RawGetOptions {
  readonly maxConcurrentDownloads?: string;
  readonly limitRate?: string;
  readonly serverTime?: boolean;
  readonly markOrigin?: boolean;
  readonly skipPresent?: boolean;
  readonly dryRun?: boolean;
  readonly retryWait?: string;
  readonly onChanged?: OnChanged;
  readonly waitNetwork?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly logLevel?: LogLevel;
}

export const logLevels = ['debug', 'info', 'warn', 'error'] as const satisfies readonly LogLevel[];

export const onChangedChoices = ['new', 'keep', 'beside'] as const;
type OnChanged = (typeof onChangedChoices)[number];

export type GetRequestItem = NewDownload & { readonly folder: string };

export interface GetRequest {
  readonly downloads: readonly GetRequestItem[];
  /** Files at the same time; null leaves it to the length of the list. */
  readonly maxRunning: number | null;
  /** Over all downloads together; 0 means no limit. */
  readonly bytesPerSecond: number;
  /** Logins may come from the person's .netrc. */
  readonly usesNetrc: boolean;
  /** The first wait after a failure, doubled by each further one; null leaves it to the engine. */
  readonly retryWaitMs: number | null;
  /** Files get the date that the server names. */
  readonly keepsServerTime: boolean;
  /** Files say where they came from. */
  readonly marksOrigin: boolean;
  /** Links whose files are there already are left out. */
  readonly skipsPresent: boolean;
  /** Failed attempts in a row, without a new byte, after which a download is given up; null: never. */
  readonly maxAttempts: number | null;
  /** How long a network that is away is waited for; null: without end. */
  readonly waitNetworkMs: number | null;
  readonly output: OutputForm;
  /** Of the log on standard error; null: none. */
  readonly logLevel: LogLevel | null;
}

export type OutputForm = 'progress' | 'quiet' | 'json';

export const defaultRetries = 5;
const usualNetworkWaitMs = 10 * 60_000;
/** What the contract allows. */
const mostRunning = 64;

/** @param workingFolder what a relative `--dir` is relative to, and where files go without one */
export function readGetRequest(
  typed: readonly string[],
  raw: RawGetCommandOptions,
  workingFolder: string,
): Parsed<GetRequest> {
  const downloads = readDownloads(typed, raw, workingFolder);
  if (downloads.kind === 'usage-error') return downloads;
  const { maxConcurrentDownloads } = raw;
  const maxRunning =
    maxConcurrentDownloads === undefined ? null : parseWholeNumber(maxConcurrentDownloads, [1, mostRunning]);
  if (maxRunning === null && maxConcurrentDownloads !== undefined) {
    return wrongUsage({
      kind: 'number',
      option: '--max-concurrent-downloads',
      text: maxConcurrentDownloads,
      least: 1,
      most: mostRunning,
    });
  }
  const asked = readMaxAttempts(raw);
  if (asked.kind === 'usage-error') return asked;
  const maxAttempts = asked.value ?? defaultRetries + 1;
  const retryWait = readSeconds('--retry-wait', raw.retryWait);
  if (retryWait.kind === 'usage-error') return retryWait;
  const waitNetworkMs = readNetworkWait(raw.waitNetwork, maxAttempts === 0);
  if (waitNetworkMs === undefined) return wrongUsage({ kind: 'network-wait', text: raw.waitNetwork ?? '' });
  const bytesPerSecond = raw.limitRate === undefined ? 0 : parseRate(raw.limitRate);
  if (bytesPerSecond === null) return wrongUsage({ kind: 'rate', option: '--limit-rate', text: raw.limitRate ?? '' });
  return {
    kind: 'ok',
    value: {
      downloads: downloads.value.map((download) => ({
        maxAttempts,
        onChanged: raw.onChanged === 'keep' ? 'ask' : (raw.onChanged ?? 'new'),
        ...download,
        folder: download.folder ?? resolve(workingFolder),
      })),
      maxRunning,
      bytesPerSecond,
      usesNetrc: raw.netrc !== false,
      keepsServerTime: raw.serverTime !== false,
      marksOrigin: raw.markOrigin !== false,
      skipsPresent: raw.skipPresent === true,
      retryWaitMs: retryWait.value,
      maxAttempts: maxAttempts === 0 ? null : maxAttempts,
      waitNetworkMs,
      output: outputForm(raw),
      logLevel: raw.logLevel ?? null,
    },
  };
}

export function outputForm({ json, quiet }: { readonly json?: boolean; readonly quiet?: boolean }): OutputForm {
  return json === true ? 'json' : quiet === true ? 'quiet' : 'progress';
}

/**
 * `90`, `90s`, `10m`, `2h`, `forever`.
 * @param isEndless the command never gives up on servers either
 * @returns null: without end; undefined where the text is not a duration
 */
function readNetworkWait(text: string | undefined, isEndless: boolean): number | null | undefined {
  if (text === undefined) return isEndless ? null : usualNetworkWaitMs;
  if (text === 'forever') return null;
  const [, number = '', unit = 's'] = /^(\d{1,7}(?:\.\d+)?)([smhd]?)$/.exec(text) ?? [];
  const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
  return number === '' ? undefined : Math.round(Number(number) * (unitMs[unit || 's'] ?? 1000));
}
