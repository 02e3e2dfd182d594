/** Light, dark, or as the system has it. */
import { themeSchema, type Settings } from '@sluice/contract';
import { Label, RadioButton, RadioField, RadioGroup } from 'react-aria-components';
import { useTexts } from '../text/use-texts.ts';

const labels = { system: 'settings.themeSystem', light: 'settings.themeLight', dark: 'settings.themeDark' } as const;

export interface ThemeChoiceProps {
  readonly theme: Settings['theme'];
  readonly onChange: (theme: Settings['theme']) => void;
}

export function ThemeChoice({ theme, onChange }: ThemeChoiceProps) {
  const { t } = useTexts();
  return (
    <RadioGroup
      className="field theme-choice"
      orientation="horizontal"
      value={theme}
      onChange={(value) => onChange(themeSchema.parse(value))}
    >
      <Label className="field-label">{t('settings.theme')}</Label>
      <div className="segmented">
        {themeSchema.options.map((option) => (
          <RadioField key={option} value={option}>
            <RadioButton className="segment-button">{t(labels[option])}</RadioButton>
          </RadioField>
        ))}
      </div>
    </RadioGroup>
  );
}
