/** How long downloads wait, and how often they try again. */
import { NumberInput } from '../controls/number-input.tsx';
import { useTexts } from '../text/use-texts.ts';
import { SettingsGroup } from './settings-group.tsx';
import { useSettings } from './use-settings.ts';

const secondMs = 1000;

export function RetrySettings() {
  const { t } = useTexts();
  const { settings, write } = useSettings();
  return (
    <SettingsGroup title={t('settings.retries')}>
      <div className="settings-grid">
        <NumberInput
          label={t('settings.attempts')}
          hint={t('settings.attemptsHint')}
          min={0}
          max={1000}
          value={settings.maxAttempts}
          onChange={(maxAttempts) => write({ maxAttempts })}
        />
        <NumberInput
          label={t('settings.retryWaitLimit')}
          hint={t('settings.retryWaitLimitHint')}
          min={1}
          max={86_400}
          value={settings.retryWaitLimitMs / secondMs}
          onChange={(seconds) => write({ retryWaitLimitMs: Math.round(seconds * secondMs) })}
        />
        <NumberInput
          label={t('settings.headTimeout')}
          min={1}
          max={3600}
          value={settings.headTimeoutMs / secondMs}
          onChange={(seconds) => write({ headTimeoutMs: Math.round(seconds * secondMs) })}
        />
        <NumberInput
          label={t('settings.idleTimeout')}
          min={1}
          max={3600}
          value={settings.idleTimeoutMs / secondMs}
          onChange={(seconds) => write({ idleTimeoutMs: Math.round(seconds * secondMs) })}
        />
      </div>
    </SettingsGroup>
  );
}
