/** The list of keyboard shortcuts. */
import { useServices } from '../app/services.ts';
import { DialogFrame } from '../controls/dialog-frame.tsx';
import { TextButton } from '../controls/text-button.tsx';
import { useTexts } from '../text/use-texts.ts';
import { closeDialog } from '../view/view-store.ts';

export function HelpDialog() {
  const { t } = useTexts();
  const { view, platform } = useServices();
  const command = platform.os === 'darwin' ? '⌘' : 'Ctrl';
  const close = () => closeDialog(view);
  const shortcuts = [
    [['N'], 'add'],
    [[command, 'V'], 'paste'],
    [['Space'], 'toggle'],
    [['Enter'], 'open'],
    [['Del'], 'remove'],
    [['Shift', 'F10'], 'menu'],
    [['I'], 'details'],
    [[command, 'A'], 'selectAll'],
    [['Esc'], 'clear'],
    [[command, 'Z'], 'undo'],
    [['Alt', '↑ ↓'], 'move'],
    [['Alt', 'Home / End'], 'moveTop'],
    [[command, 'F'], 'search'],
    [[command, 'K'], 'palette'],
    [['F6'], 'regions'],
    [['?'], 'help'],
  ] as const;
  return (
    <DialogFrame
      title={t('help.title')}
      onClose={close}
      closesOutside
      buttons={
        <TextButton onPress={close} autoFocus>
          {t('help.close')}
        </TextButton>
      }
    >
      <dl className="shortcuts">
        {shortcuts.map(([keys, text]) => (
          <div key={text} className="shortcut">
            <dt>{t(`help.${text}`)}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className="field-hint">{t('toolbar.searchTerms')}</p>
    </DialogFrame>
  );
}
