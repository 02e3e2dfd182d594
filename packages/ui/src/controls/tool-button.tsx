/** A button that shows an icon, and says its name and key in a tooltip. */
import type { LucideIcon } from 'lucide-react';
import type { Ref } from 'react';
import { Button, Tooltip, TooltipTrigger } from 'react-aria-components';

export interface ToolButtonProps {
  /** The accessible name, stable for tests and assistive technology. */
  readonly label: string;
  readonly icon: LucideIcon;
  /** The key that does the same, for the tooltip. */
  readonly shortcut?: string;
  readonly onPress: () => void;
  readonly isDisabled?: boolean;
  /** For a button that shows or hides something. */
  readonly isPressed?: boolean;
  /** Shows the label beside the icon where there is room. */
  readonly showLabel?: boolean;
  readonly tone?: 'plain' | 'main' | 'danger';
  readonly ref?: Ref<HTMLButtonElement>;
}

export function ToolButton({
  label,
  icon: Icon,
  shortcut,
  showLabel = false,
  tone = 'plain',
  ...props
}: ToolButtonProps) {
  return (
    <TooltipTrigger delay={600} isDisabled={showLabel && shortcut === undefined}>
      <Button
        ref={props.ref ?? null}
        className="tool-button"
        data-tone={tone}
        data-pressed-state={props.isPressed}
        aria-label={label}
        {...(props.isPressed === undefined ? {} : { 'aria-pressed': props.isPressed })}
        isDisabled={props.isDisabled ?? false}
        onPress={props.onPress}
      >
        <Icon aria-hidden size={16} strokeWidth={1.75} />
        {showLabel && <span className="tool-button-label">{label}</span>}
      </Button>
      <Tooltip className="tooltip" offset={6}>
        {label}
        {shortcut !== undefined && <kbd>{shortcut}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  );
}
