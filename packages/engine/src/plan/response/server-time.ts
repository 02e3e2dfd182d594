/** The date that a finished file is given in the server's name. */
import { parseHttpDate } from './http-date.ts';
import type { Resource } from './resource.ts';

/** As browsers and curl -R do it. @returns epoch milliseconds; null for a date that cannot be read or is yet to come */
export function serverTimeOf(resource: Resource | null, nowMs: number): number | null {
  const lastModified = resource?.lastModified ?? null;
  const epochMs = lastModified === null ? null : parseHttpDate(lastModified);
  return epochMs === null || epochMs <= 0 || epochMs > nowMs ? null : epochMs;
}
