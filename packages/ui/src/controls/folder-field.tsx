/** Chooses a folder: typed, one of the recent ones, or from the system's chooser; says how much room it has. */
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Button, ComboBox, Group, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useServices } from '../app/services.ts';
import { useTexts } from '../text/use-texts.ts';
import { TextButton } from './text-button.tsx';
import { useFolderInfo } from './use-folder-info.ts';
import { recentFolders } from './recent-folders.ts';

export interface FolderFieldProps {
  readonly label: string;
  /** Empty means the host's own downloads folder, which is then shown as such. */
  readonly folder: string;
  /** Called when the person is done: a choice, Enter, or leaving the field. */
  readonly onCommit: (folder: string) => void;
  /** Called at every letter too. */
  readonly onInput?: (folder: string) => void;
  readonly autoFocus?: boolean;
}

export function FolderField({ label, folder, onCommit, onInput, autoFocus = false }: FolderFieldProps) {
  const { t } = useTexts();
  const { platform, commands, replica } = useServices();
  const [typed, setTyped] = useState(folder);
  const [before, setBefore] = useState(folder);
  if (before !== folder) {
    setBefore(folder);
    setTyped(folder);
  }
  const info = useFolderInfo(typed);
  const [recent] = useState(() => recentFolders(replica.getState().downloads.values()));

  function type(next: string): void {
    setTyped(next);
    onInput?.(next);
  }
  function commit(next: string): void {
    type(next);
    if (next !== folder) onCommit(next);
  }
  async function browse(): Promise<void> {
    const chosen = await platform.chooseFolder?.(typed === '' ? (info.folder ?? '') : typed);
    if (chosen !== null && chosen !== undefined) commit(chosen);
  }

  return (
    <div className="field folder-field">
      <ComboBox
        className="folder-box"
        allowsCustomValue
        menuTrigger="manual"
        autoFocus={autoFocus}
        inputValue={typed}
        onInputChange={type}
        onChange={(key) => key !== null && commit(String(key))}
        onBlur={() => commit(typed)}
        items={recent.map((path) => ({ id: path }))}
      >
        <Label className="field-label">{label}</Label>
        <Group className="folder-group">
          <Input className="input" placeholder={info.folder ?? t('settings.folderDefault')} spellCheck="false" />
          {recent.length > 0 && (
            <Button className="step-button" aria-label={t('add.recent')}>
              <ChevronDown aria-hidden size={14} />
            </Button>
          )}
        </Group>
        <Popover className="popover">
          <ListBox className="menu" items={recent.map((path) => ({ id: path }))}>
            {(item) => (
              <ListBoxItem className="menu-item" textValue={item.id}>
                <bdi>{item.id}</bdi>
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
      {platform.chooseFolder !== undefined && (
        <TextButton onPress={() => commands.attempt(browse())}>{t('add.browse')}</TextButton>
      )}
      <FolderNote info={info} />
    </div>
  );
}

function FolderNote({ info }: { readonly info: ReturnType<typeof useFolderInfo> }) {
  const { t, formats } = useTexts();
  const isBad = info.problem !== undefined || info.writable === false;
  const text =
    info.problem ??
    (info.writable === false ? t('add.notWritable') : undefined) ??
    (info.freeBytes === undefined ? '\u00a0' : t('add.free', { size: formats.size(info.freeBytes) }));
  return (
    <span className="field-hint folder-note figure" role="status" data-tone={isBad ? 'danger' : undefined}>
      {text}
    </span>
  );
}
