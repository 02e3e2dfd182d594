/** What the list's place shows when there is nothing to list: how to begin, or the way back to everything. */
import { useServices } from '../app/services.ts';
import { useReplica, useView } from '../app/use-store.ts';
import { TextButton } from '../controls/text-button.tsx';
import { useTexts } from '../text/use-texts.ts';
import { openDialog } from '../view/view-store.ts';
import { GateDrawing } from './gate-drawing.tsx';

export function EmptyState() {
  const { t } = useTexts();
  const { view } = useServices();
  const connection = useReplica((state) => state.connection);
  const isListEmpty = useReplica((state) => state.downloads.size === 0);
  const search = useView((state) => state.search);
  if (connection === 'connecting') {
    return (
      <div className="empty" role="status">
        <p className="empty-quiet">{t('connection.connecting')}</p>
      </div>
    );
  }
  if (search.trim() !== '') {
    return (
      <div className="empty">
        <h2 className="empty-title">{t('empty.searchTitle', { search })}</h2>
        <TextButton onPress={() => view.setState({ search: '' })}>{t('empty.searchClear')}</TextButton>
      </div>
    );
  }
  if (!isListEmpty) {
    return (
      <div className="empty">
        <h2 className="empty-title">{t('empty.filteredTitle')}</h2>
        <TextButton onPress={() => view.setState({ filter: 'all', queueId: null })}>
          {t('empty.filteredAll')}
        </TextButton>
      </div>
    );
  }
  return (
    <div className="empty">
      <GateDrawing />
      <h2 className="empty-title">{t('empty.title')}</h2>
      <ul className="empty-hints">
        <li>{t('empty.paste')}</li>
        <li>{t('empty.drop')}</li>
        <li>{t('empty.add')}</li>
      </ul>
      <TextButton tone="main" onPress={() => openDialog(view, { kind: 'add', text: '' })}>
        {t('empty.button')}
      </TextButton>
      <TextButton tone="quiet" onPress={() => openDialog(view, { kind: 'adopt' })}>
        {t('adopt.open')}
      </TextButton>
    </div>
  );
}
