/** What is done with a file besides fetching it. */
import { Toggle } from '../controls/toggle.tsx';
import { useTexts } from '../text/use-texts.ts';
import { SettingsGroup } from './settings-group.tsx';
import { useSettings } from './use-settings.ts';

const switches = ['findChecksums', 'verifyFiles', 'markOrigin', 'keepServerTime'] as const;

export function FileSettings() {
  const { t } = useTexts();
  const { settings, write } = useSettings();
  return (
    <SettingsGroup title={t('settings.files')}>
      {switches.map((name) => (
        <Toggle
          key={name}
          label={t(`settings.${name}`)}
          isOn={settings[name]}
          onChange={(isOn) => write({ [name]: isOn })}
        />
      ))}
    </SettingsGroup>
  );
}
