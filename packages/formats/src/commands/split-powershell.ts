/** Splits PowerShell into words and marks, as far as browsers write it: nothing is expanded or run. */

export interface ShellToken {
  readonly kind: 'word' | 'text' | 'mark' | 'line-end';
  readonly value: string;
  /** Counts from 1. */
  readonly line: number;
}

const wordForm = /[^\s'"`(){}@;,=|]+/uy;
const doubleStop = /["`$]/gu;
const characterForm = /\$\(\[char\](\d{1,7})\)/uy;
const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '0': '\0',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
};

export function splitPowerShell(text: string): readonly ShellToken[] {
  const tokens: ShellToken[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (character === '\n') {
      tokens.push({ kind: 'line-end', value: '\n', line });
      line += 1;
      at += 1;
    } else if (/\s/u.test(character)) at += 1;
    else if (character === '`') {
      // At the end of a line it goes on in the next.
      at += text.startsWith('\r\n', at + 1) ? 3 : 2;
      if (text[at - 1] === '\n') line += 1;
    } else if (character === "'" || character === '"') {
      const read = character === "'" ? singleText(text, at + 1) : doubleText(text, at + 1);
      tokens.push({ kind: 'text', value: read.value, line });
      line += text.slice(at, read.end).split('\n').length - 1;
      at = read.end;
    } else {
      wordForm.lastIndex = at;
      const word = wordForm.exec(text)?.[0];
      tokens.push({ kind: word === undefined ? 'mark' : 'word', value: word ?? character, line });
      at += word?.length ?? 1;
    }
  }
  return tokens;
}

interface ReadText {
  readonly value: string;
  readonly end: number;
}

/** A doubled quote stands for one. */
function singleText(text: string, start: number): ReadText {
  let value = '';
  let at = start;
  for (;;) {
    const quote = text.indexOf("'", at);
    if (quote === -1) return { value: value + text.slice(at), end: text.length };
    value += text.slice(at, quote);
    if (text[quote + 1] !== "'") return { value, end: quote + 1 };
    value += "'";
    at = quote + 2;
  }
}

/** Chrome writes letters beyond ASCII as `$([char]233)`. */
function doubleText(text: string, start: number): ReadText {
  let value = '';
  let at = start;
  for (;;) {
    doubleStop.lastIndex = at;
    const stop = doubleStop.exec(text)?.index ?? text.length;
    value += text.slice(at, stop);
    const mark = text[stop];
    if (mark === undefined) return { value, end: text.length };
    if (mark === '`') {
      const next = text[stop + 1] ?? '';
      value += escapes[next] ?? next;
      at = stop + 2;
    } else if (mark === '"') {
      if (text[stop + 1] !== '"') return { value, end: stop + 1 };
      value += '"';
      at = stop + 2;
    } else {
      characterForm.lastIndex = stop;
      const written = characterForm.exec(text);
      const code = Number(written?.[1] ?? 0x24);
      value += code <= 0x10_ff_ff ? String.fromCodePoint(code) : '\uFFFD';
      at = stop + (written?.[0].length ?? 1);
    }
  }
}
