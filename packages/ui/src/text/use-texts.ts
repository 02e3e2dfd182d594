/** The texts and formats of the window, for components. */
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useServices } from '../app/services.ts';
import type { Formats } from './format.ts';

export function useTexts(): { readonly t: TFunction; readonly formats: Formats } {
  const { t } = useTranslation();
  return { t, formats: useServices().formats };
}
