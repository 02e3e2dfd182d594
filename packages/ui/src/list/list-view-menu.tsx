/** How the list looks: high or low rows, and which columns there are beside name and progress. */
import { Columns3 } from 'lucide-react';
import {
  Button,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
  Text,
  type Selection,
} from 'react-aria-components';
import { useServices } from '../app/services.ts';
import { useView } from '../app/use-store.ts';
import { useTexts } from '../text/use-texts.ts';
import { densities, hideableColumns } from './list-look.ts';

export function ListViewMenu() {
  const { t } = useTexts();
  const { view } = useServices();
  const density = useView((state) => state.density);
  const hiddenColumns = useView((state) => state.hiddenColumns);
  const shown = hideableColumns.filter((column) => !hiddenColumns.includes(column));

  function chooseDensity(keys: Selection): void {
    const chosen = densities.find((one) => keys !== 'all' && keys.has(one));
    if (chosen !== undefined) view.setState({ density: chosen });
  }
  function chooseColumns(keys: Selection): void {
    view.setState({ hiddenColumns: hideableColumns.filter((column) => keys !== 'all' && !keys.has(column)) });
  }

  return (
    <MenuTrigger>
      <Button className="column-button" aria-label={t('list.view')}>
        <Columns3 aria-hidden size={14} />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="menu" aria-label={t('list.view')}>
          <MenuSection selectionMode="single" selectedKeys={[density]} onSelectionChange={chooseDensity}>
            <Header className="menu-head">{t('list.rows')}</Header>
            {densities.map((one) => (
              <MenuItem key={one} id={one} className="menu-item" textValue={t(`list.${one}`)}>
                <Text slot="label">{t(`list.${one}`)}</Text>
              </MenuItem>
            ))}
          </MenuSection>
          <Separator className="menu-separator" />
          <MenuSection selectionMode="multiple" selectedKeys={shown} onSelectionChange={chooseColumns}>
            <Header className="menu-head">{t('list.columns')}</Header>
            {hideableColumns.map((column) => (
              <MenuItem key={column} id={column} className="menu-item" textValue={t(`list.${column}`)}>
                <Text slot="label">{t(`list.${column}`)}</Text>
              </MenuItem>
            ))}
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
