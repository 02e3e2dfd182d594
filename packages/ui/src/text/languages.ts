/** The languages of the window: which there are, which one a person gets, and what changes with it. */
import type { Settings } from '@sluice/contract';

export type Language = Exclude<Settings['language'], 'system'>;

interface LanguageFacts {
  /** In the language itself, so that whoever speaks it finds it. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
}

export const languages: Readonly<Record<Language, LanguageFacts>> = {
  en: { name: 'English', direction: 'ltr' },
  de: { name: 'Deutsch', direction: 'ltr' },
  es: { name: 'Español', direction: 'ltr' },
  fr: { name: 'Français', direction: 'ltr' },
  ja: { name: '日本語', direction: 'ltr' },
  zh: { name: '简体中文', direction: 'ltr' },
  ar: { name: 'العربية', direction: 'rtl' },
};

/** @param preferred as the browser lists them, the most wanted first */
export function chooseLanguage(setting: Settings['language'], preferred: readonly string[]): Language {
  if (setting !== 'system') return setting;
  for (const locale of preferred) {
    const language = locale.split('-')[0]?.toLowerCase() ?? '';
    if (isLanguage(language)) return language;
  }
  return 'en';
}

/** The kind of the language that the person prefers, which decides how dates and numbers are written: `de-CH` for `de`. */
export function localeOf(language: Language, preferred: readonly string[]): string {
  return preferred.find((locale) => locale.toLowerCase().split('-')[0] === language) ?? language;
}

function isLanguage(text: string): text is Language {
  return Object.hasOwn(languages, text);
}
