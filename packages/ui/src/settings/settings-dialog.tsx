/** The settings; each takes effect when it is changed, so there is nothing to save or to lose. */
import type { SettingsPatch } from '@sluice/contract';
import { useServices } from '../app/services.ts';
import { useMirror } from '../app/use-store.ts';
import { FolderField } from '../controls/folder-field.tsx';
import { DialogFrame } from '../controls/dialog-frame.tsx';
import { NumberInput } from '../controls/number-input.tsx';
import { SpeedInput } from '../controls/speed-input.tsx';
import { TextButton } from '../controls/text-button.tsx';
import { Toggle } from '../controls/toggle.tsx';
import { useTexts } from '../text/use-texts.ts';
import { closeDialog } from '../view/view-store.ts';
import { ThemeChoice } from './theme-choice.tsx';

export function SettingsDialog() {
  const { t } = useTexts();
  const { engine, commands, view, platform } = useServices();
  const settings = useMirror((state) => state.settings);
  const close = () => closeDialog(view);
  const write = (patch: SettingsPatch) => commands.attempt(engine.writeSettings(patch));

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
      <section className="settings-group" aria-label={t('settings.transfer')}>
        <h3 className="group-title">{t('settings.transfer')}</h3>
        <div className="settings-grid">
          <NumberInput
            label={t('settings.running')}
            min={1}
            max={64}
            value={settings.maxRunning}
            onChange={(maxRunning) => write({ maxRunning })}
          />
          <SpeedInput
            label={t('settings.limit')}
            hint={t('settings.limitHint')}
            bytesPerSecond={settings.speedLimitBytesPerSecond}
            onChange={(speedLimitBytesPerSecond) => write({ speedLimitBytesPerSecond })}
          />
          <NumberInput
            label={t('settings.connections')}
            hint={t('settings.connectionsHint')}
            min={1}
            max={64}
            value={settings.maxConnections}
            onChange={(maxConnections) => write({ maxConnections })}
          />
          <NumberInput
            label={t('settings.perHost')}
            min={1}
            max={256}
            value={settings.maxConnectionsPerHost}
            onChange={(maxConnectionsPerHost) => write({ maxConnectionsPerHost })}
          />
        </div>
        <Toggle
          label={t('settings.findChecksums')}
          isOn={settings.findChecksums}
          onChange={(findChecksums) => write({ findChecksums })}
        />
        <Toggle
          label={t('settings.keepServerTime')}
          isOn={settings.keepServerTime}
          onChange={(keepServerTime) => write({ keepServerTime })}
        />
        <Toggle
          label={t('settings.markOrigin')}
          isOn={settings.markOrigin}
          onChange={(markOrigin) => write({ markOrigin })}
        />
      </section>
      <section className="settings-group" aria-label={t('settings.window')}>
        <h3 className="group-title">{t('settings.window')}</h3>
        <ThemeChoice theme={settings.theme} onChange={(theme) => write({ theme })} />
        {platform.hasNotifications === true && (
          <Toggle label={t('settings.notify')} isOn={settings.notify} onChange={(notify) => write({ notify })} />
        )}
        {platform.hasTray === true && (
          <Toggle
            label={t('settings.tray')}
            isOn={settings.keepRunningInTray}
            onChange={(keepRunningInTray) => write({ keepRunningInTray })}
          />
        )}
      </section>
    </DialogFrame>
  );
}
