/** The texts and formats of the window, for components. */
import type { TFunction } from 'i18next';
import { createContext, useContext } from 'react';
import type { Formats } from './format.ts';

export interface Texts {
  readonly t: TFunction;
  readonly formats: Formats;
}

/** Given once for the window: a hook into i18next in every cell of every row would cost more than the cell. */
export const TextsContext = createContext<Texts | null>(null);

export function useTexts(): Texts {
  const texts = useContext(TextsContext);
  if (texts === null) throw new Error('useTexts outside of App');
  return texts;
}
