/** Waits a moment for a body that may well be whole in that time. */
import type { Resource } from '../../plan/response/resource.ts';
import type { HttpBody } from '../../ports/http.ts';
import type { RunState } from './run-state.ts';
import { SmallBody, smallBytes } from './small-body.ts';
import { expectedChecksum } from '../checksum/verify.ts';

export type Small =
  | { readonly bytes: Uint8Array<ArrayBuffer>; readonly owner: string }
  /** It takes its time: from here on it is a body like any other. */
  | { readonly bytes: null; readonly body: HttpBody };

/** @returns null, with the body untouched, for what is not small, or is slowed or checked on its way to the disk */
export async function trySmall(run: RunState, body: HttpBody, resource: Resource): Promise<Small | null> {
  const { lengthBytes } = body;
  const isSmall = lengthBytes !== null && lengthBytes <= smallBytes && lengthBytes === resource.totalBytes;
  if (!isSmall || resource.contentEncoding !== null || expectedChecksum(run.spec.checksum, resource) !== null)
    return null;
  if (run.spec.readsBack === true || (run.spec.whenTaken ?? 'number') !== 'number') return null;
  if (run.limits.limiters().some(({ bytesPerSecond }) => bytesPerSecond > 0)) return null;
  const owner = await run.ports.files.owner();
  if (owner === null) return null;
  run.reports.received(0);
  run.reports.phase('transferring');
  run.reports.connections(1);
  const small = new SmallBody(body, lengthBytes);
  const bytes = await small.collect(run.ports.clock, run.signal);
  run.reports.connections(0);
  if (bytes === null) return { bytes, body: small };
  run.reports.arrived(bytes.length);
  return { bytes, owner };
}
