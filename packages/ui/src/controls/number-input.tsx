/** A labelled whole or decimal number with steps; reports a number only when it was committed. */
import { Minus, Plus } from 'lucide-react';
import { Button, Group, Input, Label, NumberField, Text } from 'react-aria-components';
import { useTexts } from '../text/use-texts.ts';

export interface NumberInputProps {
  readonly label: string;
  /** Undefined: blank, since it stands for several that differ. */
  readonly value: number | undefined;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
  readonly hint?: string;
}

export function NumberInput({ label, value, min, max, onChange, hint }: NumberInputProps) {
  const { t } = useTexts();
  return (
    <NumberField
      className="field number-field"
      value={value ?? Number.NaN}
      minValue={min}
      maxValue={max}
      onChange={(next) => onChange(Number.isNaN(next) ? min : next)}
    >
      <Label className="field-label">{label}</Label>
      <Group className="number-group">
        <Button slot="decrement" className="step-button" aria-label={t('units.decrease')}>
          <Minus aria-hidden size={14} />
        </Button>
        <Input className="input" />
        <Button slot="increment" className="step-button" aria-label={t('units.increase')}>
          <Plus aria-hidden size={14} />
        </Button>
      </Group>
      {hint !== undefined && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
    </NumberField>
  );
}
