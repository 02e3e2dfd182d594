/** A labelled choice of one among a few. */
import { ChevronDown } from 'lucide-react';
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue, Text } from 'react-aria-components';

export interface Choice {
  readonly id: string;
  readonly label: string;
}

export interface ChoiceSelectProps {
  readonly label: string;
  readonly choices: readonly Choice[];
  /** Null: none of them yet. */
  readonly value: string | null;
  readonly onChange: (id: string) => void;
  readonly hint?: string;
}

export function ChoiceSelect({ label, choices, value, onChange, hint }: ChoiceSelectProps) {
  return (
    <Select className="field" value={value} onChange={(key) => key !== null && onChange(String(key))}>
      <Label className="field-label">{label}</Label>
      <Button className="input select-button">
        <SelectValue />
        <ChevronDown aria-hidden size={14} />
      </Button>
      {hint !== undefined && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <Popover className="popover">
        <ListBox className="menu" items={choices}>
          {(choice) => (
            <ListBoxItem className="menu-item" textValue={choice.label}>
              {choice.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
