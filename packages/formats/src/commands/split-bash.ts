/** Splits text into commands and words as bash does, as far as browsers write it: nothing is expanded or run. */

export interface ShellCommand {
  /** Counts from 1. */
  readonly line: number;
  readonly words: readonly string[];
}

/** Gathers words into commands while a splitter walks through a text. */
export class CommandBuilder {
  readonly commands: ShellCommand[] = [];
  #words: string[] = [];
  #word: string | null = null;
  #line = 1;

  append(text: string): void {
    this.#word = (this.#word ?? '') + text;
  }

  endWord(line: number): void {
    if (this.#word === null) return;
    if (this.#words.length === 0) this.#line = line;
    this.#words.push(this.#word);
    this.#word = null;
  }

  endCommand(line: number): void {
    this.endWord(line);
    if (this.#words.length > 0) this.commands.push({ line: this.#line, words: this.#words });
    this.#words = [];
  }
}

const plainEnd = /[\s\\'"$;&|]/gu;
const doubleEnd = /["\\]/gu;

export function splitBash(text: string): readonly ShellCommand[] {
  const builder = new CommandBuilder();
  let line = 1;
  let at = 0;
  const until = (pattern: RegExp, from: number): number => {
    pattern.lastIndex = from;
    return pattern.exec(text)?.index ?? text.length;
  };
  const append = (part: string): void => {
    builder.append(part);
    line += part.split('\n').length - 1;
  };
  while (at < text.length) {
    const character = text[at] ?? '';
    if (character === '\n') {
      builder.endCommand(line);
      line += 1;
      at += 1;
    } else if (character === ';' || character === '&' || character === '|') {
      builder.endCommand(line);
      at += 1;
    } else if (/\s/u.test(character)) {
      builder.endWord(line);
      at += 1;
    } else if (character === '\\') {
      const isJoined = text[at + 1] === '\n' || text.startsWith('\r\n', at + 1);
      if (isJoined) line += 1;
      else builder.append(text[at + 1] ?? '');
      at += isJoined && text[at + 1] === '\r' ? 3 : 2;
    } else if (character === "'") {
      const end = text.indexOf("'", at + 1);
      append(text.slice(at + 1, end === -1 ? text.length : end));
      at = end === -1 ? text.length : end + 1;
    } else if (character === '$' && text[at + 1] === "'") {
      const read = ansiText(text, at + 2);
      append(read.value);
      at = read.end;
    } else if (character === '"') {
      at += 1;
      append('');
      while (at < text.length && text[at] !== '"') {
        const end = until(doubleEnd, at);
        append(text.slice(at, end));
        at = end;
        if (text[at] !== '\\') continue;
        const next = text[at + 1] ?? '';
        if (next === '\n') line += 1;
        else append('"\\$`'.includes(next) ? next : `\\${next}`);
        at += 2;
      }
      at += 1;
    } else {
      const end = Math.max(until(plainEnd, at), at + 1);
      append(text.slice(at, end));
      at = end;
    }
  }
  builder.endCommand(line);
  return builder.commands;
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\u0007',
  b: '\b',
  e: '\u001B',
  f: '\f',
  v: '\v',
};
const escapeForm = /\\(?:x([\da-f]{1,2})|u([\da-f]{1,4})|U([\da-f]{1,8})|([0-7]{1,3})|([^]))/iuy;
const ansiEnd = /['\\]/gu;

/** `$'…'`: Chrome writes it wherever a text holds what plain quotes cannot. */
function ansiText(text: string, start: number): { readonly value: string; readonly end: number } {
  let value = '';
  let at = start;
  for (;;) {
    ansiEnd.lastIndex = at;
    const stop = ansiEnd.exec(text)?.index ?? text.length;
    value += text.slice(at, stop);
    if (text[stop] !== '\\') return { value, end: stop + 1 };
    escapeForm.lastIndex = stop;
    const escape = escapeForm.exec(text);
    if (escape === null) return { value, end: text.length };
    const [whole, hex, four = hex, eight = four, octal, other = ''] = escape;
    if (eight !== undefined) value += codePoint(Number.parseInt(eight, 16));
    else value += octal === undefined ? (escapes[other] ?? other) : codePoint(Number.parseInt(octal, 8));
    at = stop + whole.length;
  }
}

function codePoint(code: number): string {
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : '\uFFFD';
}
