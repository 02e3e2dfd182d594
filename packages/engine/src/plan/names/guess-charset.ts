/**
 * Guesses the charset of a file name that is neither ASCII nor UTF-8. Names are too short for statistics alone: what
 * each charset would make of the bytes decides first, then the reader's locale, then a detector.
 */
import { analyse } from 'chardet';
import { decodeBytes } from './text.ts';

interface Script {
  readonly charset: string;
  /** Chars that names in this script are made of. */
  readonly common: RegExp;
  readonly locales: RegExp;
  /** As the detector calls it. */
  readonly detected: string;
}

const scripts: readonly Script[] = [
  {
    charset: 'windows-1251',
    common: /[\u0400-\u045f\u0490\u0491\u2116\u00ab\u00bb]/u,
    locales: /^(?:ru|uk|be|bg|sr|mk|kk|ky)\b/i,
    detected: 'windows-1251',
  },
  { charset: 'euc-kr', common: /[\uac00-\ud7a3]/u, locales: /^ko\b/i, detected: 'EUC-KR' },
  {
    charset: 'shift_jis',
    common: /[\u3040-\u30ff\u4e00-\u9fff\u3005\uff10-\uff5a\u3000\u300c-\u3011]/u,
    locales: /^ja\b/i,
    detected: 'Shift_JIS',
  },
  {
    charset: 'gb18030',
    common: /[\u4e00-\u9fff\uff08\uff09\u3001\u300a-\u3011]/u,
    locales: /^zh\b/i,
    detected: 'GB18030',
  },
];

/** @returns the text in another charset than latin-1, if it is plausibly that and no latin-1; null where it is not */
export function guessText(bytes: Uint8Array, locale: string = ownLocale()): string | null {
  if (isLikelyLatin(bytes)) return null;
  const readings = scripts.flatMap((script) => {
    const text = decodeBytes(bytes, script.charset);
    const isOwn = script.locales.test(locale);
    // A capital behind a small letter is rare within a word, and common where other bytes are taken for Cyrillic.
    if (text === null || !isMadeOf(text, script) || (!isOwn && /\p{Ll}\p{Lu}/u.test(text))) return [];
    return [{ script, text, isOwn }];
  });
  const own = readings.find(({ isOwn }) => isOwn);
  if (own !== undefined || readings.length < 2) return (own ?? readings[0])?.text ?? null;
  const order = analyse(bytes).map(({ name }) => name);
  const rank = ({ script }: (typeof readings)[number]): number => {
    const place = order.indexOf(script.detected as (typeof order)[number]);
    return place === -1 ? order.length : place;
  };
  // The scripts stand in the order of how unlikely other bytes are to pass for them.
  const [first] = readings.filter(({ script }) => script.charset !== 'gb18030').toSorted((a, b) => rank(a) - rank(b));
  return first?.text ?? null;
}

/** Western names are ASCII with single accents: no two bytes beyond it in most of their places, and letters around. */
function isLikelyLatin(bytes: Uint8Array): boolean {
  const runs = Array.from(bytes, (byte) => (byte >= 0x80 ? 'h' : 'a'))
    .join('')
    .match(/h+/g);
  if (runs === null || bytes.some((byte) => byte >= 0x80 && byte < 0xa0)) return runs === null;
  return runs.every(({ length }) => length <= 2);
}

function isMadeOf(text: string, { common }: Script): boolean {
  const beyond = Array.from(text).filter((char) => char > '\u007f');
  return beyond.length > 0 && beyond.every((char) => common.test(char));
}

function ownLocale(): string {
  return Intl.DateTimeFormat().resolvedOptions().locale;
}
