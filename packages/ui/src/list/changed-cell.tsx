/** Says in a row that the file has changed on the server. What can be done about it stands at the row's end. */
import { memo } from 'react';
import { useTexts } from '../text/use-texts.ts';

export const ChangedCell = memo(function ChangedCell() {
  const { t } = useTexts();
  return (
    <div role="gridcell" className="cell-message" aria-colspan={5} title={t('row.changedHint')}>
      <span className="message-what">{t('row.changed')}</span>
      <span className="row-note">{t('row.changedNote')}</span>
    </div>
  );
});
