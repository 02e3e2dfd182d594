/** The three things that can be done about a file that has changed, at the end of its row, where no click selects. */
import type { DownloadView } from '@sluice/contract';
import { type MouseEvent, memo } from 'react';
import { useServices } from '../app/services.ts';
import { changeActions } from '../commands/actions.ts';
import { useTexts } from '../text/use-texts.ts';
import { actionLabel } from './action-label.ts';

interface ChangedChoicesProps extends Pick<DownloadView, 'id' | 'name'> {
  readonly tabIndex: number;
  /** The row's menu has the same three: a narrow list shows one button for it. */
  readonly onMenu: (event: MouseEvent<HTMLButtonElement>) => void;
}

export const ChangedChoices = memo(function ChangedChoices({ id, name, tabIndex, onMenu }: ChangedChoicesProps) {
  const { t } = useTexts();
  const { commands, platform } = useServices();
  return (
    <>
      {changeActions.map((action) => (
        <button
          key={action}
          type="button"
          className="row-step changed-choice"
          tabIndex={tabIndex}
          aria-label={t('action.on', { action: actionLabel(t, action, platform), name })}
          onClick={() => commands.run(action, [id])}
        >
          {actionLabel(t, action, platform)}
        </button>
      ))}
      <button
        type="button"
        className="row-step changed-menu"
        tabIndex={tabIndex}
        aria-haspopup="menu"
        aria-label={t('action.on', { action: t('row.choose'), name })}
        onClick={onMenu}
      >
        {t('row.choose')}
      </button>
    </>
  );
});
