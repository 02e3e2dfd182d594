/** The language of the window, each by its own name. */
import { languageSchema, type Settings } from '@sluice/contract';
import { ChoiceSelect } from '../controls/choice-select.tsx';
import { languages } from '../text/languages.ts';
import { useTexts } from '../text/use-texts.ts';

export interface LanguageChoiceProps {
  readonly language: Settings['language'];
  readonly onChange: (language: Settings['language']) => void;
}

export function LanguageChoice({ language, onChange }: LanguageChoiceProps) {
  const { t } = useTexts();
  return (
    <ChoiceSelect
      label={t('settings.language')}
      choices={languageSchema.options.map((id) => ({
        id,
        label: id === 'system' ? t('settings.themeSystem') : languages[id].name,
      }))}
      value={language}
      onChange={(id) => onChange(languageSchema.parse(id))}
    />
  );
}
