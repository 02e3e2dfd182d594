/** Says in a few words why a queue starts nothing. */
import type { QueueView } from '@sluice/contract';
import { useNow } from '../app/use-now.ts';
import { useTexts } from '../text/use-texts.ts';
import { holdOf } from './queue-hold.ts';

/** @returns undefined while the queue may run */
export function useHoldText(queue: QueueView | undefined): string | undefined {
  const { t, formats } = useTexts();
  const nowMs = useNow();
  const hold = holdOf(queue);
  switch (hold.kind) {
    case 'none':
      return undefined;
    case 'paused':
      return t('queue.paused');
    case 'closed':
      return hold.untilMs === null
        ? t('queue.closed')
        : t('queue.closedUntil', { when: formats.coming(hold.untilMs, nowMs) });
    default:
      return hold satisfies never;
  }
}
