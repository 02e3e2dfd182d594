/** A button with words. */
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';

export interface TextButtonProps {
  readonly children: ReactNode;
  readonly tone?: 'plain' | 'main' | 'danger' | 'quiet';
  readonly type?: 'button' | 'submit';
  readonly onPress?: () => void;
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
  readonly label?: string;
}

export function TextButton({ children, tone = 'plain', type = 'button', label, onPress, ...props }: TextButtonProps) {
  return (
    <Button
      className="text-button"
      data-tone={tone}
      type={type}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(onPress === undefined ? {} : { onPress })}
      {...props}
    >
      {children}
    </Button>
  );
}
