import { expect, it } from 'vitest';
import { parseContentDisposition } from '../../../src/plan/names/content-disposition.ts';
import { guessText } from '../../../src/plan/names/guess-charset.ts';

function bytes(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, 'hex'));
}

it.each([
  ['GBK', 'zh-CN', 'd6d0cec4b2e2cad4cec4bcfe2e7a6970', '中文测试文件.zip'],
  ['GBK', 'en-US', 'd6d0cec4b2e2cad4cec4bcfe2e7a6970', '中文测试文件.zip'],
  ['Shift-JIS', 'ja-JP', '93fa967b8cea2e7a6970', '日本語.zip'],
  ['Shift-JIS', 'en-US', '93fa967b8cea2e7a6970', '日本語.zip'],
  ['EUC-KR', 'ko-KR', 'c7d1b1b920c6c4c0cf2e7a6970', '한국 파일.zip'],
  ['EUC-KR', 'en-US', 'c7d1b1b920c6c4c0cf2e7a6970', '한국 파일.zip'],
  ['windows-1251', 'ru-RU', 'cef2f7e5f220e7e020e3eee42e646f63', 'Отчет за год.doc'],
  ['windows-1251', 'en-US', 'cef2f7e5f220e7e020e3eee42e646f63', 'Отчет за год.doc'],
])('F84 reads %s for a reader of %s', (_charset, locale, hex, text) => {
  expect(guessText(bytes(hex), locale)).toBe(text);
});

it.each([
  'café.pdf',
  'Résumé übersetzt.pdf',
  'naïve garçon.txt',
  'Ærøskøbing.zip',
  'œuf.txt',
  'mañana ¿qué?.doc',
  'ÄÖ.txt',
])('F84 leaves latin-1 what it is, in any locale: %s', (name) => {
  const latin = Uint8Array.from(Buffer.from(name.replace('œ', 'oe'), 'latin1'));
  for (const locale of ['en-US', 'zh-CN', 'ja-JP', 'ko-KR', 'ru-RU', 'de-DE'])
    expect(guessText(latin, locale)).toBeNull();
});

it('F84 a name in raw bytes of another charset is readable', () => {
  const raw = Buffer.from('cef2f7e5f220e7e020e3eee42e646f63', 'hex').toString('latin1');
  expect(parseContentDisposition(`attachment; filename="${raw}"`)).toBe('Отчет за год.doc');
  expect(parseContentDisposition('attachment; filename="caf\u00e9.pdf"')).toBe('café.pdf');
});
