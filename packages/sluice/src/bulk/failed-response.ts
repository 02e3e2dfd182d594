/** What a failure says of the answer behind it. */
import { SluiceError } from '@sluice/contract';

/** Null when no answer was to blame. */
export function statusOf(error: unknown): number | null {
  return error instanceof SluiceError ? (error.response?.status ?? null) : null;
}

/** Empty when no answer was to blame. */
export function headersOf(error: SluiceError): Readonly<Record<string, string>> {
  return error.response?.headers ?? {};
}

/** `Retry-After` in milliseconds from now, whether it names seconds or a date (RFC 9110 section 10.2.3). */
export function retryAfterOf(error: unknown, nowMs: number): number | null {
  const value = error instanceof SluiceError ? error.response?.headers['retry-after'] : undefined;
  if (value === undefined) return null;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  const dateMs = Date.parse(value);
  return Number.isNaN(dateMs) ? null : Math.max(0, dateMs - nowMs);
}
