/** Fetches a catalogue when its language is chosen first, so that the window starts with no more than it shows. */
import type { i18n as I18n } from 'i18next';
import type { Catalogue } from './catalogue.ts';
import type { Language } from './languages.ts';

const loaders: Readonly<Record<Exclude<Language, 'en'>, () => Promise<Catalogue>>> = {
  de: () => import('./de/index.ts').then(({ de }) => de),
  es: () => import('./es/index.ts').then(({ es }) => es),
  fr: () => import('./fr/index.ts').then(({ fr }) => fr),
  ja: () => import('./ja/index.ts').then(({ ja }) => ja),
  zh: () => import('./zh/index.ts').then(({ zh }) => zh),
  ar: () => import('./ar/index.ts').then(({ ar }) => ar),
};

/** Settles when the window may speak the language. */
export async function loadLanguage(texts: I18n, language: Language): Promise<void> {
  if (language !== 'en' && !texts.hasResourceBundle(language, 'translation')) {
    texts.addResourceBundle(language, 'translation', await loaders[language]());
  }
  await texts.changeLanguage(language);
}
