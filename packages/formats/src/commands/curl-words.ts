/** Takes the words of a curl command apart: each option with its value, by either of its names, and the links. */
import { curlOption, type CurlMeaning } from './curl-options.ts';

export interface CurlArgument {
  readonly meaning: CurlMeaning | 'unknown';
  /** As it was written, with its dashes. */
  readonly name: string;
  readonly value: string;
}

/** @param words what follows `curl` */
export function curlArguments(words: readonly string[]): readonly CurlArgument[] {
  const read: CurlArgument[] = [];
  let areOptionsOver = false;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (areOptionsOver || !word.startsWith('-') || word === '-') read.push({ meaning: 'url', name: '', value: word });
    else if (word === '--') areOptionsOver = true;
    else if (word.startsWith('--')) {
      const option = curlOption(word.length > 3 ? word.slice(2) : '');
      if (option?.takesValue === true) index += 1;
      const value = option?.takesValue === true ? (words[index] ?? '') : '';
      read.push({ meaning: option?.meaning ?? 'unknown', name: word, value });
    } else if (readShort(word, words[index + 1], read)) index += 1;
  }
  return read;
}

/** `-sSLo name`: flags in one word, the last of which may take a value, here or from the next word. */
function readShort(word: string, next: string | undefined, into: CurlArgument[]): boolean {
  for (let at = 1; at < word.length; at += 1) {
    const letter = word[at] ?? '';
    const option = curlOption(letter);
    const name = `-${letter}`;
    if (option?.takesValue !== true) {
      into.push({ meaning: option?.meaning ?? 'unknown', name, value: '' });
      if (option === undefined) return false;
      continue;
    }
    const rest = word.slice(at + 1);
    into.push({ meaning: option.meaning, name, value: rest === '' ? (next ?? '') : rest });
    return rest === '';
  }
  return false;
}
