/** A labelled speed in kB/s or MB/s; 0 means no limit. */
import { useState } from 'react';
import { Group, Input, Label, NumberField, Text, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useTexts } from '../text/use-texts.ts';

const unitBytes = { kilobytes: 1000, megabytes: 1_000_000 } as const;
type SpeedUnit = keyof typeof unitBytes;

export interface SpeedInputProps {
  readonly label: string;
  readonly hint?: string;
  /** Undefined: blank, since it stands for several that differ. */
  readonly bytesPerSecond: number | undefined;
  readonly onChange: (bytesPerSecond: number) => void;
}

export function SpeedInput({ label, hint, bytesPerSecond, onChange }: SpeedInputProps) {
  const { t } = useTexts();
  const [unit, setUnit] = useState<SpeedUnit>(() => fittingUnit(bytesPerSecond ?? 0));
  const amount = bytesPerSecond === undefined ? Number.NaN : bytesPerSecond / unitBytes[unit];

  function changeUnit(next: SpeedUnit): void {
    setUnit(next);
    // The number stays and means another speed, as people expect of a unit beside a number.
    if (!Number.isNaN(amount)) onChange(Math.round(amount * unitBytes[next]));
  }

  return (
    <div className="field speed-field">
      <NumberField
        className="field"
        value={amount}
        minValue={0}
        formatOptions={{ maximumFractionDigits: 2 }}
        onChange={(next) => onChange(Math.round((Number.isNaN(next) ? 0 : next) * unitBytes[unit]))}
      >
        <Label className="field-label">{label}</Label>
        <Group className="number-group">
          <Input className="input" />
        </Group>
        {hint !== undefined && (
          <Text slot="description" className="field-hint">
            {hint}
          </Text>
        )}
      </NumberField>
      <ToggleButtonGroup
        className="segmented"
        aria-label={t('units.speedUnit')}
        disallowEmptySelection
        selectedKeys={[unit]}
        onSelectionChange={(keys) => changeUnit(keys.has('kilobytes') ? 'kilobytes' : 'megabytes')}
      >
        <ToggleButton id="kilobytes" className="segment-button">
          {t('units.kilobytes')}
        </ToggleButton>
        <ToggleButton id="megabytes" className="segment-button">
          {t('units.megabytes')}
        </ToggleButton>
      </ToggleButtonGroup>
    </div>
  );
}

function fittingUnit(bytesPerSecond: number): SpeedUnit {
  return bytesPerSecond > 0 && bytesPerSecond < unitBytes.megabytes ? 'kilobytes' : 'megabytes';
}
