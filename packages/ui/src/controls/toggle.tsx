/** A switch with its words. */
import { SwitchButton, SwitchField } from 'react-aria-components';

export interface ToggleProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

export function Toggle({ label, isOn, onChange }: ToggleProps) {
  return (
    <SwitchField isSelected={isOn} onChange={onChange}>
      <SwitchButton className="switch">
        <span className="switch-track" aria-hidden>
          <span className="switch-thumb" />
        </span>
        <span>{label}</span>
      </SwitchButton>
    </SwitchField>
  );
}
