/** Says that a reader of the disk reads the passwords too, and what can be done about it there. */
import { useServices } from '../app/services.ts';
import { useTexts } from '../text/use-texts.ts';
import { SettingsGroup } from './settings-group.tsx';

export function PlainSecrets() {
  const { t } = useTexts();
  const { platform } = useServices();
  const place = platform.kind === 'browser' ? 'server' : platform.os === 'linux' ? 'linux' : 'other';
  return (
    <SettingsGroup title={t('settings.passwords')}>
      <p>{t(`settings.plainSecrets.${place}.what`)}</p>
      <p className="field-hint">{t(`settings.plainSecrets.${place}.next`)}</p>
    </SettingsGroup>
  );
}
