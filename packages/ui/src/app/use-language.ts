/** Follows the language of the settings: texts, direction of writing, and how dates and numbers are written. */
import { useEffect } from 'react';
import { chooseLanguage, languages, localeOf } from '../text/languages.ts';
import { loadLanguage } from '../text/load-language.ts';
import { useServices } from './services.ts';
import { useReplica } from './use-store.ts';

/** @returns the locale, `de-CH` for instance */
export function useLanguage(): string {
  const { texts, commands } = useServices();
  const setting = useReplica((state) => state.settings.language);
  const language = chooseLanguage(setting, navigator.languages);
  useEffect(() => {
    const root = document.documentElement;
    root.lang = language;
    root.dir = languages[language].direction;
    commands.attempt(loadLanguage(texts, language));
  }, [language, texts, commands]);
  return localeOf(language, navigator.languages);
}
