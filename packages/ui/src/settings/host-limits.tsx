/** Servers that are allowed more or less than the rest: each a row, which counts once it names a server. */
import type { HostLimit } from '@sluice/contract';
import { Plus, Trash2 } from 'lucide-react';
import { NumberInput } from '../controls/number-input.tsx';
import { SpeedInput } from '../controls/speed-input.tsx';
import { TextButton } from '../controls/text-button.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { ToolButton } from '../controls/tool-button.tsx';
import { useRows } from '../controls/use-rows.ts';
import { useTexts } from '../text/use-texts.ts';
import { useSettings } from './use-settings.ts';

const fresh: HostLimit = { host: '', maxConnections: 0, speedLimitBytesPerSecond: 0 };

export function HostLimits() {
  const { t } = useTexts();
  const { settings, write } = useSettings();
  const { rows, add, change, remove } = useRows(settings.hostLimits);

  /** A row counts once it names a server. */
  function save(limits: readonly HostLimit[]): void {
    const named = limits.map((limit) => ({ ...limit, host: hostIn(limit.host) }));
    write({ hostLimits: named.filter(({ host }) => host !== '') });
  }

  return (
    <>
      {rows.map(({ id, value: limit }, index) => (
        <div
          key={id}
          role="group"
          className="host-limit"
          aria-label={t('settings.hostNumber', { number: index + 1, host: limit.host })}
        >
          <TextInput
            label={t('settings.host')}
            placeholder="downloads.example.org"
            value={limit.host}
            onChange={(host) => void change(id, { ...limit, host })}
            onBlur={() => save(rows.map(({ value }) => value))}
            autoFocus={limit === fresh}
          />
          <NumberInput
            label={t('settings.hostConnections')}
            min={0}
            max={256}
            value={limit.maxConnections}
            onChange={(maxConnections) => save(change(id, { ...limit, maxConnections }))}
          />
          <SpeedInput
            label={t('settings.limit')}
            bytesPerSecond={limit.speedLimitBytesPerSecond}
            onChange={(speedLimitBytesPerSecond) => save(change(id, { ...limit, speedLimitBytesPerSecond }))}
          />
          <ToolButton
            label={t('settings.removeHost', { host: limit.host })}
            icon={Trash2}
            onPress={() => save(remove(id))}
          />
        </div>
      ))}
      {rows.length > 0 && <p className="field-hint">{t('settings.hostHint')}</p>}
      <div>
        <TextButton tone="quiet" onPress={() => void add(fresh)}>
          <Plus aria-hidden size={14} />
          {t('settings.addHost')}
        </TextButton>
      </div>
    </>
  );
}

/** A whole link says which server is meant, too. */
function hostIn(text: string): string {
  const trimmed = text.trim();
  return URL.parse(trimmed)?.host || trimmed;
}
