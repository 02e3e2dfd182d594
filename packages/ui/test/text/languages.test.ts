/** Every language says everything, with the same facts in it; and texts that are longer or have accents change nothing else. */
import type { Settings } from '@sluice/contract';
import { describe, expect, it } from 'vitest';
import { ar } from '../../src/text/ar/index.ts';
import type { Catalogue } from '../../src/text/catalogue.ts';
import { de } from '../../src/text/de/index.ts';
import { en } from '../../src/text/en/index.ts';
import { es } from '../../src/text/es/index.ts';
import { fr } from '../../src/text/fr/index.ts';
import { createTexts } from '../../src/text/i18n.ts';
import { ja } from '../../src/text/ja/index.ts';
import { chooseLanguage, languages, localeOf } from '../../src/text/languages.ts';
import { loadLanguage } from '../../src/text/load-language.ts';
import { zh } from '../../src/text/zh/index.ts';

const catalogues = { de, es, fr, ja, zh, ar } as const satisfies Record<string, Catalogue>;

function textsOf(node: object, path = ''): [key: string, text: string][] {
  return Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : textsOf(value as object, `${path}${key}.`),
  );
}

/** `add.count_one` and `add.count_many` are forms of `add.count_other`. */
function otherForm(key: string): string {
  return key.replace(/_(?:zero|one|two|few|many)$/u, '_other');
}

function factsIn(text: string): string[] {
  return [...new Set(text.match(/\{\{\w+\}\}/gu))].sort();
}

const english = new Map(textsOf(en));

describe.each(Object.entries(catalogues))('%s', (language, catalogue) => {
  const texts = textsOf(catalogue);

  it('has every text of the English catalogue, and none that it lacks', () => {
    const wanted = new Set([...english.keys()].map(otherForm));
    const keys = new Set(texts.map(([key]) => otherForm(key)));
    expect([...wanted].filter((key) => !keys.has(key))).toEqual([]);
    expect([...keys].filter((key) => !wanted.has(key))).toEqual([]);
  });

  it('names the facts of the English text: all of them, but that one or two may be said in words', () => {
    const strange = texts.filter(([key, text]) => {
      const wanted = factsIn(english.get(key) ?? english.get(otherForm(key)) ?? '');
      const found = factsIn(text);
      const isSubset = found.every((fact) => wanted.includes(fact) || fact === '{{name}}');
      return !isSubset || (otherForm(key) === key && found.length !== wanted.length);
    });
    expect(strange).toEqual([]);
  });

  it('is loaded when it is chosen, and speaks', async () => {
    const window = createTexts();
    await loadLanguage(window, language as keyof typeof catalogues);
    expect(window.t('toolbar.add')).toBe(catalogue.toolbar.add);
    // Every number has its form: none falls back to the English one.
    const said = [0, 1, 2, 3, 11, 100, 1_000_000].map((count) => window.t('notice.removed', { count, name: 'x' }));
    for (const text of said) expect(text).not.toMatch(/removed|\{\{/u);
    await loadLanguage(window, 'en');
    expect(window.t('toolbar.add')).toBe('Add');
  });
});

describe('the language', () => {
  it.each<[Settings['language'], string[], string, string]>([
    ['system', ['de-CH', 'en'], 'de', 'de-CH'],
    ['system', ['tlh', 'fr-CA'], 'fr', 'fr-CA'],
    ['system', ['tlh'], 'en', 'en'],
    ['system', [], 'en', 'en'],
    ['system', ['zh-Hant-TW'], 'zh', 'zh-Hant-TW'],
    ['ar', ['en-GB'], 'ar', 'ar'],
    ['en', ['de', 'en-GB'], 'en', 'en-GB'],
  ])('%s with %j is %s, written as in %s', (setting, preferred, language, locale) => {
    const chosen = chooseLanguage(setting, preferred);
    expect(chosen).toBe(language);
    expect(localeOf(chosen, preferred)).toBe(locale);
  });

  it('is read from the right where it is written so', () => {
    expect(languages.ar.direction).toBe('rtl');
    expect(Object.values(languages).filter(({ direction }) => direction === 'rtl')).toHaveLength(1);
  });
});
