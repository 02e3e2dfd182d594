/** Narrows the list to names and links that contain every word typed. */
import { Search, X } from 'lucide-react';
import { Button, Input, SearchField } from 'react-aria-components';
import { useServices } from '../app/services.ts';
import { useView } from '../app/use-store.ts';
import { searchFieldId } from '../app/use-shortcuts.ts';
import { useTexts } from '../text/use-texts.ts';

export function SearchBox() {
  const { t } = useTexts();
  const { view } = useServices();
  const search = useView((state) => state.search);
  return (
    <SearchField
      className="search"
      aria-label={t('toolbar.search')}
      value={search}
      onChange={(next) => view.setState({ search: next })}
    >
      <Search aria-hidden size={14} className="search-icon" />
      <Input
        id={searchFieldId}
        className="search-input"
        placeholder={t('toolbar.searchPlaceholder')}
        title={t('toolbar.searchTerms')}
      />
      {search !== '' && (
        <Button className="search-clear" aria-label={t('toolbar.clearSearch')}>
          <X aria-hidden size={14} />
        </Button>
      )}
    </SearchField>
  );
}
