/** The parts of the context menu that put downloads into another queue, or in front of others. */
import { type DownloadView, prioritySchema } from '@sluice/contract';
import { ChevronRight } from 'lucide-react';
import { Menu, MenuItem, Popover, SubmenuTrigger, Text } from 'react-aria-components';
import { useServices } from '../app/services.ts';
import { useReplica } from '../app/use-store.ts';
import { isInQueue } from '../commands/actions.ts';
import { useTexts } from '../text/use-texts.ts';

export interface QueueMenusProps {
  readonly downloads: readonly DownloadView[];
}

/** Nothing where there is only one queue. */
export function QueueMenu({ downloads }: QueueMenusProps) {
  const { t } = useTexts();
  const { engine, commands } = useServices();
  const queues = useReplica((state) => state.queues);
  const ids = downloads.filter(isInQueue).map(({ id }) => id);
  if (ids.length === 0 || queues.length < 2) return null;
  return (
    <ChoiceMenu
      id="queue"
      label={t('action.queue')}
      choices={queues.map(({ id, name }) => ({ id, label: name }))}
      chosen={new Set(downloads.map(({ queueId }) => queueId))}
      onChoose={(queueId) => commands.attempt(engine.setQueue({ ids, queueId }))}
    />
  );
}

export function PriorityMenu({ downloads }: QueueMenusProps) {
  const { t } = useTexts();
  const { engine, commands } = useServices();
  const ids = downloads.filter(isInQueue).map(({ id }) => id);
  if (ids.length === 0) return null;
  return (
    <ChoiceMenu
      id="priority"
      label={t('action.priority')}
      choices={['high', 'normal', 'low'].map((id) => ({ id, label: t(`priority.${prioritySchema.parse(id)}`) }))}
      chosen={new Set(downloads.map(({ priority }) => priority))}
      onChoose={(chosen) => commands.attempt(engine.setPriority({ ids, priority: prioritySchema.parse(chosen) }))}
    />
  );
}

interface ChoiceMenuProps {
  readonly id: string;
  readonly label: string;
  readonly choices: readonly { readonly id: string; readonly label: string }[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (id: string) => void;
}

function ChoiceMenu({ id: menuId, label, choices, chosen, onChoose }: ChoiceMenuProps) {
  const { view } = useServices();
  function choose(id: string): void {
    // The menu around this one hangs on a point, so nothing else closes it.
    view.setState({ menu: null });
    onChoose(id);
  }
  return (
    <SubmenuTrigger>
      <MenuItem id={menuId} className="menu-item" textValue={label}>
        <Text slot="label">{label}</Text>
        <ChevronRight aria-hidden size={14} />
      </MenuItem>
      <Popover className="popover submenu" offset={2}>
        <Menu
          className="menu"
          aria-label={label}
          selectionMode="single"
          selectedKeys={chosen.size === 1 ? chosen : []}
          onAction={(key) => choose(String(key))}
        >
          {choices.map((choice) => (
            <MenuItem key={choice.id} id={choice.id} className="menu-item" textValue={choice.label}>
              {choice.label}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </SubmenuTrigger>
  );
}
