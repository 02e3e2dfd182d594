/** The settings; each takes effect when it is changed, so there is nothing to save or to lose. */
import { useServices } from '../app/services.ts';
import { DialogFrame } from '../controls/dialog-frame.tsx';
import { FolderField } from '../controls/folder-field.tsx';
import { TextButton } from '../controls/text-button.tsx';
import { useTexts } from '../text/use-texts.ts';
import { closeDialog } from '../view/view-store.ts';
import { FileSettings } from './file-settings.tsx';
import { RetrySettings } from './retry-settings.tsx';
import { PlainSecrets } from './plain-secrets.tsx';
import { TransferSettings } from './transfer-settings.tsx';
import { SignedInBrowsers } from './signed-in-browsers.tsx';
import { useSettings } from './use-settings.ts';
import { WindowSettings } from './window-settings.tsx';

export function SettingsDialog() {
  const { t } = useTexts();
  const { view, platform } = useServices();
  const { settings, write } = useSettings();
  const close = () => closeDialog(view);
  return (
    <DialogFrame
      title={t('settings.title')}
      width="wide"
      onClose={close}
      closesOutside
      buttons={
        <>
          <span className="field-hint">{t('settings.version', { version: platform.version })}</span>
          <span className="spacer" />
          <TextButton onPress={close}>{t('settings.close')}</TextButton>
        </>
      }
    >
      <FolderField
        label={t('settings.folder')}
        folder={settings.downloadFolder}
        onCommit={(downloadFolder) => write({ downloadFolder })}
      />
      <TransferSettings />
      <WindowSettings />
      <FileSettings />
      <RetrySettings />
      {platform.sessions !== undefined && <SignedInBrowsers sessions={platform.sessions} />}
      {platform.secretStorage === 'plain' && <PlainSecrets />}
    </DialogFrame>
  );
}
