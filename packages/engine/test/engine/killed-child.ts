/** An engine in a process of its own that is killed without warning. */
import type { DownloadPatch } from '@sluice/contract';
import { type ChildSpec, runChild } from '../crash/engine-child.ts';

/** Starts the engine and kills it without warning once the predicate holds. @throws when the download fails */
export async function runUntil(spec: ChildSpec, holds: (change: DownloadPatch) => boolean): Promise<void> {
  const { changes } = await runChild(spec, null, (change, stop) => {
    if (holds(change) || change.state?.kind === 'failed') stop();
  });
  const failed = changes.find(({ state }) => state?.kind === 'failed');
  if (failed !== undefined) throw new Error(JSON.stringify(failed));
}
