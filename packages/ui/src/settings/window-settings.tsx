/** Appearance of the window, and what it does while it is closed. */
import { useServices } from '../app/services.ts';
import { Toggle } from '../controls/toggle.tsx';
import { useTexts } from '../text/use-texts.ts';
import { LanguageChoice } from './language-choice.tsx';
import { SettingsGroup } from './settings-group.tsx';
import { ThemeChoice } from './theme-choice.tsx';
import { useSettings } from './use-settings.ts';

export function WindowSettings() {
  const { t } = useTexts();
  const { platform } = useServices();
  const { settings, write } = useSettings();
  return (
    <SettingsGroup title={t('settings.window')}>
      <LanguageChoice language={settings.language} onChange={(language) => write({ language })} />
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
    </SettingsGroup>
  );
}
