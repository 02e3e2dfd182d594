/** The queues at the left edge: choosing one shows what is in it, and how it may be changed. */
import type { QueueView } from '@sluice/contract';
import { Clock, Pause, Pencil, Plus } from 'lucide-react';
import { useServices } from '../app/services.ts';
import { useReplica, useView } from '../app/use-store.ts';
import { ToolButton } from '../controls/tool-button.tsx';
import { useTexts } from '../text/use-texts.ts';
import { openDialog } from '../view/view-store.ts';
import { holdOf } from './queue-hold.ts';
import { useHoldText } from './use-hold-text.ts';

export function QueueList() {
  const { t } = useTexts();
  const { view } = useServices();
  const queues = useReplica((state) => state.queues);
  return (
    <nav className="queues" aria-label={t('queue.list')}>
      <div className="queues-head">
        <h2 className="queues-title">{t('queue.list')}</h2>
        <ToolButton label={t('queue.add')} icon={Plus} onPress={() => openDialog(view, { kind: 'queue', id: null })} />
      </div>
      {queues.map((queue) => (
        <QueueItem key={queue.id} queue={queue} />
      ))}
    </nav>
  );
}

function QueueItem({ queue }: { readonly queue: QueueView }) {
  const { t, formats } = useTexts();
  const { view } = useServices();
  const isChosen = useView((state) => state.queueId === queue.id);
  const count = useReplica((state) => state.totals.unfinishedByQueue.get(queue.id) ?? 0);
  const holdText = useHoldText(queue);
  const HoldIcon = { none: null, paused: Pause, closed: Clock }[holdOf(queue).kind];
  return (
    <div className="queue-item">
      <button
        type="button"
        className="filter"
        aria-pressed={isChosen}
        title={holdText}
        onClick={() => view.setState({ queueId: isChosen ? null : queue.id })}
      >
        <bdi className="queue-name">{queue.name}</bdi>
        {HoldIcon !== null && <HoldIcon aria-label={holdText} size={13} />}
        <span className="filter-count figure">{count === 0 ? '' : formats.number(count)}</span>
      </button>
      {isChosen && (
        <ToolButton
          label={t('queue.change', { name: queue.name })}
          icon={Pencil}
          onPress={() => openDialog(view, { kind: 'queue', id: queue.id })}
        />
      )}
    </div>
  );
}
