/** Says in a row that the file has changed on the server, and offers what can be done about it. */
import type { DownloadView } from '@sluice/contract';
import { memo } from 'react';
import { useServices } from '../app/services.ts';
import { changeActions } from '../commands/actions.ts';
import { useTexts } from '../text/use-texts.ts';
import { actionLabel } from './action-label.ts';

export interface ChangedCellProps extends Pick<DownloadView, 'id' | 'name'> {
  /** Whether Tab reaches this row's buttons. */
  readonly isEntry: boolean;
}

export const ChangedCell = memo(function ChangedCell({ id, name, isEntry }: ChangedCellProps) {
  const { t } = useTexts();
  const { commands, platform } = useServices();
  return (
    <div role="gridcell" className="cell-message cell-changed" aria-colspan={5} title={t('row.changedHint')}>
      <span className="message-what">{t('row.changed')}</span>
      <span className="changed-choices">
        {changeActions.map((action) => (
          <button
            key={action}
            type="button"
            className="row-step"
            tabIndex={isEntry ? 0 : -1}
            aria-label={t('action.on', { action: actionLabel(t, action, platform), name })}
            onClick={() => commands.run(action, [id])}
          >
            {actionLabel(t, action, platform)}
          </button>
        ))}
      </span>
    </div>
  );
});
