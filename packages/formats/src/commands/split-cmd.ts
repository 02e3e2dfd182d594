/**
 * Splits text into commands and words as Windows' command prompt and the C runtime do one after the other: carets are
 * taken away first, then quotes and backslashes are read.
 */
import { CommandBuilder, type ShellCommand } from './split-bash.ts';

export function splitCmd(text: string): readonly ShellCommand[] {
  const builder = new CommandBuilder();
  let line = 1;
  for (const command of withoutCarets(text)) {
    splitWords(command.text, line, builder);
    line += command.lines;
  }
  return builder.commands;
}

/** Chrome escapes each quote with a caret, so that the prompt sees no quotes at all; older browsers write them plain. */
function withoutCarets(text: string): readonly { readonly text: string; readonly lines: number }[] {
  const commands: { text: string; lines: number }[] = [];
  let parts = '';
  let lines = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '^' && !isQuoted) {
      if (text[at + 1] === '\r') at += 1;
      if (text[at + 1] === '\n') {
        // The line goes on; what follows is taken as it is, which is how a line break gets into a text.
        lines += 1;
        at += 1;
        if (text[at + 1] === '\r') at += 1;
        if (text[at + 1] !== '\n') continue;
        lines += 1;
      }
      parts += text[at + 1] ?? '';
      at += 1;
    } else if (character === '\n' || (character === '&' && !isQuoted)) {
      if (character === '\n') lines += 1;
      commands.push({ text: parts, lines });
      parts = '';
      lines = 0;
      isQuoted = false;
    } else {
      if (character === '"') isQuoted = !isQuoted;
      parts += character;
    }
  }
  return [...commands, { text: parts, lines }];
}

/** Inside quotes `""` is one; in front of a quote a pair of backslashes is one, and one that is left over escapes it. */
function splitWords(text: string, line: number, builder: CommandBuilder): void {
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '\\') {
      let end = at;
      while (text[end] === '\\') end += 1;
      const count = end - at;
      const isBeforeQuote = text[end] === '"';
      builder.append('\\'.repeat(isBeforeQuote ? count >> 1 : count));
      at = end - 1;
      if (!isBeforeQuote || count % 2 === 0) continue;
      builder.append('"');
      at = end;
    } else if (character === '"') {
      builder.append('');
      if (isQuoted && text[at + 1] === '"') {
        builder.append('"');
        at += 1;
      } else isQuoted = !isQuoted;
    } else if (/\s/u.test(character) && !isQuoted) builder.endWord(line);
    else builder.append(character);
  }
  builder.endCommand(line);
}
