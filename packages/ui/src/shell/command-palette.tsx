/** Every function of the window by its name: typed, chosen, done. Opened by Ctrl+K. */
import { Autocomplete, Input, Menu, MenuItem, SearchField, Text, useFilter } from 'react-aria-components';
import type { Key } from 'react-aria-components';
import { useServices } from '../app/services.ts';
import { DialogFrame } from '../controls/dialog-frame.tsx';
import { TextButton } from '../controls/text-button.tsx';
import { useTexts } from '../text/use-texts.ts';
import { closeDialog } from '../view/view-store.ts';
import { usePaletteCommands } from './use-palette-commands.ts';

export function CommandPalette() {
  const { t } = useTexts();
  const { view } = useServices();
  const { contains } = useFilter({ sensitivity: 'base' });
  const commands = usePaletteCommands();
  const close = () => closeDialog(view);

  function run(key: Key): void {
    const command = commands.find(({ id }) => id === key);
    // First, since what follows may open another dialog.
    close();
    command?.run();
  }

  return (
    <DialogFrame
      title={t('palette.title')}
      onClose={close}
      closesOutside
      buttons={
        <>
          <span className="spacer" />
          <TextButton onPress={close}>{t('palette.close')}</TextButton>
        </>
      }
    >
      <Autocomplete filter={contains}>
        <SearchField className="field" aria-label={t('palette.find')} autoFocus>
          <Input className="input" placeholder={t('palette.find')} />
        </SearchField>
        <Menu
          className="menu palette"
          aria-label={t('palette.title')}
          items={commands}
          onAction={run}
          renderEmptyState={() => <p className="field-hint">{t('palette.none')}</p>}
        >
          {({ id, label }) => (
            <MenuItem id={id} className="menu-item" textValue={label}>
              <Text slot="label">{label}</Text>
            </MenuItem>
          )}
        </Menu>
      </Autocomplete>
    </DialogFrame>
  );
}
