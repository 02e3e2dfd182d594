/** How much runs at once, and how fast. */
import { NumberInput } from '../controls/number-input.tsx';
import { SpeedInput } from '../controls/speed-input.tsx';
import { useTexts } from '../text/use-texts.ts';
import { HostLimits } from './host-limits.tsx';
import { SettingsGroup } from './settings-group.tsx';
import { useSettings } from './use-settings.ts';

export function TransferSettings() {
  const { t } = useTexts();
  const { settings, write } = useSettings();
  return (
    <SettingsGroup title={t('settings.transfer')}>
      <div className="settings-grid">
        <NumberInput
          label={t('settings.running')}
          hint={t('settings.runningHint')}
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
      <HostLimits />
    </SettingsGroup>
  );
}
