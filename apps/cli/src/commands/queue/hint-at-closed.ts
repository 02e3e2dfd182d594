/** Says why downloads that wait in a queue do not start, where the queue is what keeps them. */
import type { Snapshot } from '@sluice/contract';
import type { Output } from '../list/output.ts';
import { quote } from '../../sentences.ts';

/** As schedules are written: by the clock of this computer. */
const clock = new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit' });

/** @param ids of the downloads that are meant; null for all */
export function hintAtClosed(
  { downloads, queues }: Pick<Snapshot, 'downloads' | 'queues'>,
  ids: ReadonlySet<string> | null,
  output: Pick<Output, 'hint'>,
): void {
  for (const { id, name, isPaused, isOpen, changesAtMs } of queues) {
    const waits = downloads.some(
      (one) => one.queueId === id && one.state.kind === 'queued' && (ids === null || ids.has(one.id)),
    );
    if (!waits || (isOpen && !isPaused)) continue;
    if (isPaused) output.hint(`The queue ${quote(name)} is paused; resume it: sluice queue resume ${quote(name)}`);
    else if (changesAtMs !== null)
      output.hint(`The queue ${quote(name)} is closed until ${clock.format(changesAtMs)}.`);
  }
}
