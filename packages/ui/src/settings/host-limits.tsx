/** Servers that are allowed more or less than the rest: each a row, which counts once it names a server. */
import type { HostLimit } from '@sluice/contract';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { NumberInput } from '../controls/number-input.tsx';
import { SpeedInput } from '../controls/speed-input.tsx';
import { TextButton } from '../controls/text-button.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { ToolButton } from '../controls/tool-button.tsx';
import { useTexts } from '../text/use-texts.ts';
import { useSettings } from './use-settings.ts';

/** Under the name that the row keeps while others come and go. */
interface Row {
  readonly id: number;
  readonly limit: HostLimit;
}

const fresh: HostLimit = { host: '', maxConnections: 0, speedLimitBytesPerSecond: 0 };

export function HostLimits() {
  const { t } = useTexts();
  const { settings, write: writeSettings } = useSettings();
  const [rows, setRows] = useState<readonly Row[]>(() => settings.hostLimits.map((limit, id) => ({ id, limit })));
  const freeId = Math.max(-1, ...rows.map(({ id }) => id)) + 1;

  function write(next: readonly Row[]): void {
    const named = next.map(({ limit }) => ({ ...limit, host: hostIn(limit.host) })).filter(({ host }) => host !== '');
    writeSettings({ hostLimits: named });
  }
  function type(row: Row, fields: Partial<HostLimit>): readonly Row[] {
    const next = rows.map((before) => (before === row ? { ...row, limit: { ...row.limit, ...fields } } : before));
    setRows(next);
    return next;
  }
  function remove(row: Row): void {
    const next = rows.filter((before) => before !== row);
    setRows(next);
    write(next);
  }

  return (
    <>
      {rows.map((row, index) => (
        <div
          key={row.id}
          role="group"
          className="host-limit"
          aria-label={t('settings.hostNumber', { number: index + 1, host: row.limit.host })}
        >
          <TextInput
            label={t('settings.host')}
            placeholder="downloads.example.org"
            value={row.limit.host}
            onChange={(host) => void type(row, { host })}
            onBlur={() => write(rows)}
          />
          <NumberInput
            label={t('settings.hostConnections')}
            min={0}
            max={256}
            value={row.limit.maxConnections}
            onChange={(maxConnections) => write(type(row, { maxConnections }))}
          />
          <SpeedInput
            label={t('settings.limit')}
            bytesPerSecond={row.limit.speedLimitBytesPerSecond}
            onChange={(speedLimitBytesPerSecond) => write(type(row, { speedLimitBytesPerSecond }))}
          />
          <ToolButton
            label={t('settings.removeHost', { host: row.limit.host })}
            icon={Trash2}
            onPress={() => remove(row)}
          />
        </div>
      ))}
      {rows.length > 0 && <p className="field-hint">{t('settings.hostHint')}</p>}
      <div>
        <TextButton tone="quiet" onPress={() => setRows([...rows, { id: freeId, limit: fresh }])}>
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
