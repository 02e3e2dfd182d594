/** The buttons at the end of a row: the one action that helps most now, and a menu with all of them. */
import type { DownloadView } from '@sluice/contract';
import { Copy, Ellipsis, ExternalLink, FolderOpen, Pause, Play, RotateCw, type LucideIcon } from 'lucide-react';
import { type KeyboardEvent, memo, type MouseEvent } from 'react';
import { useServices } from '../app/services.ts';
import { hasChanged, primaryAction, type Action } from '../commands/actions.ts';
import { useTexts } from '../text/use-texts.ts';
import { actionLabel } from './action-label.ts';
import { ChangedChoices } from './changed-choices.tsx';
import { selectOnly } from './selection.ts';
import { useSteady } from './use-steady.ts';

const icons: Partial<Record<Action, LucideIcon>> = {
  pause: Pause,
  resume: Play,
  retry: RotateCw,
  retryNow: RotateCw,
  open: ExternalLink,
  showInFolder: FolderOpen,
  copyLink: Copy,
};

export interface RowActionsProps extends Pick<DownloadView, 'id' | 'name' | 'state'> {
  /** Whether Tab reaches this row's buttons. */
  readonly isEntry: boolean;
}

export const RowActions = memo(function RowActions({ id, name, state, isEntry }: RowActionsProps) {
  const { t } = useTexts();
  const { platform, commands, view } = useServices();
  const isStuck = useSteady(state.kind === 'failed' || state.kind === 'waiting');
  const action = useSteady(primaryAction(state, platform));
  const Icon = action === undefined ? undefined : icons[action];
  const tabIndex = isEntry ? 0 : -1;
  const label = action === undefined ? '' : actionLabel(t, action, platform);

  function openMenu(event: MouseEvent<HTMLButtonElement>): void {
    const box = event.currentTarget.getBoundingClientRect();
    view.setState(({ selection }) => ({
      menu: { x: box.right, y: box.bottom + 4 },
      selection: selection.selected.has(id) ? selection : selectOnly(id),
    }));
  }

  return (
    <div role="gridcell" className="cell-actions">
      {hasChanged(state) && <ChangedChoices id={id} name={name} tabIndex={tabIndex} onMenu={openMenu} />}
      {action !== undefined && (
        <button
          type="button"
          className={isStuck ? 'row-step' : 'row-button'}
          tabIndex={tabIndex}
          aria-label={t('action.on', { action: label, name })}
          title={isStuck ? undefined : label}
          onClick={() => commands.run(action, [id])}
          onKeyDown={pressOnce}
        >
          {isStuck || Icon === undefined ? label : <Icon aria-hidden size={16} strokeWidth={1.75} />}
        </button>
      )}
      <button
        type="button"
        className="row-button row-more"
        tabIndex={tabIndex}
        aria-haspopup="menu"
        aria-label={t('row.more', { name })}
        onClick={openMenu}
      >
        <Ellipsis aria-hidden size={16} />
      </button>
    </div>
  );
});

/** A key that is held down would press again and again, whatever the button has come to mean. */
function pressOnce(event: KeyboardEvent): void {
  if (event.repeat && event.key === 'Enter') event.preventDefault();
}
