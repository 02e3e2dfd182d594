/** A labelled line, or several, of text, with a hint under it or what is wrong with it. */
import type { ReactNode } from 'react';
import { FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components';

export interface TextInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The person has left the field. */
  readonly onBlur?: () => void;
  readonly hint?: ReactNode;
  /** A sentence; empty when nothing is wrong. */
  readonly problem?: string;
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
  /** `lines` grows with what is typed; `secret` hides it. */
  readonly kind?: 'line' | 'lines' | 'link' | 'secret';
}

export function TextInput({ label, value, onChange, hint, problem = '', kind = 'line', ...props }: TextInputProps) {
  // What is typed here are names and links, which nothing should correct or fill in.
  const plain = { className: 'input', spellCheck: 'false', autoCapitalize: 'off', autoComplete: 'off' } as const;
  const placeholder = props.placeholder === undefined ? {} : { placeholder: props.placeholder };
  return (
    <TextField
      className="field"
      value={value}
      onChange={onChange}
      {...(props.onBlur === undefined ? {} : { onBlur: props.onBlur })}
      isInvalid={problem !== ''}
      autoFocus={props.autoFocus ?? false}
      // Not of type `url`: the form would stop at a browser's idea of a link, without a word of ours.
      type={kind === 'secret' ? 'password' : 'text'}
      inputMode={kind === 'link' ? 'url' : 'text'}
    >
      <Label className="field-label">{label}</Label>
      {kind === 'lines' ? (
        <TextArea {...plain} {...placeholder} className="input lines-input" rows={2} wrap="off" />
      ) : (
        <Input {...plain} {...placeholder} />
      )}
      {hint !== undefined && problem === '' && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-hint field-error">{problem}</FieldError>
    </TextField>
  );
}
