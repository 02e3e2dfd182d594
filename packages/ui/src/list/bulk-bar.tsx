/** What can be done with several selected rows at once. */
import { X } from 'lucide-react';
import { useServices } from '../app/services.ts';
import { useReplica, useView } from '../app/use-store.ts';
import { offered, type Action } from '../commands/actions.ts';
import { TextButton } from '../controls/text-button.tsx';
import { ToolButton } from '../controls/tool-button.tsx';
import { useTexts } from '../text/use-texts.ts';
import { clearSelected } from './selection.ts';

const actions: readonly Action[] = ['pause', 'resume', 'retry', 'limits', 'copyLink', 'cancel', 'remove'];

export function BulkBar() {
  const count = useView((state) => state.selection.selected.size);
  return count < 2 ? null : <Bar />;
}

function Bar() {
  const { t, formats } = useTexts();
  const { view, replica, commands, platform } = useServices();
  const selected = useView((state) => state.selection.selected);
  // What is offered changes with states, not with every byte.
  useReplica((state) => state.shapeRevision);
  const { downloads } = replica.getState();
  const chosen = [...selected].map((id) => downloads.get(id)).filter((download) => download !== undefined);

  function idsInOrder(): readonly string[] {
    return view.getState().order.filter((id) => selected.has(id));
  }

  return (
    <div className="bulk-bar" role="toolbar" aria-label={t('bulk.label')}>
      <span className="bulk-count figure">
        {t('bulk.selected', { count: selected.size, number: formats.number(selected.size) })}
      </span>
      {actions.map((action) => (
        // What does not apply keeps its place: another button must not slide under a finger that is on its way.
        <TextButton
          key={action}
          tone={action === 'remove' ? 'danger' : 'quiet'}
          isDisabled={!offered(action, chosen, platform)}
          onPress={() => commands.run(action, idsInOrder())}
        >
          {t(`action.${action}`)}
        </TextButton>
      ))}
      <span className="spacer" />
      <ToolButton
        label={t('bulk.clear')}
        icon={X}
        shortcut="Esc"
        onPress={() => view.setState(({ selection }) => ({ selection: clearSelected(selection) }))}
      />
    </div>
  );
}
