/** Splits a table of text into rows and fields (RFC 4180), whichever of comma, semicolon and tab parts them. */

export interface CsvRow {
  /** Counts from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

export function splitCsv(text: string): readonly CsvRow[] {
  const separator = separatorOf(text);
  const rows: CsvRow[] = [];
  let fields: string[] = [];
  let line = 1;
  let rowLine = 1;
  let at = 0;
  while (at < text.length) {
    const field = text[at] === '"' ? quotedField(text, at) : plainField(text, at, separator);
    fields.push(field.value);
    line += field.lines;
    // What follows a closing quote up to the separator belongs to nothing.
    at = plainField(text, field.end, separator).end;
    if (text[at] === separator) {
      at += 1;
      if (at === text.length) fields.push('');
      continue;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
    at += 1;
    rows.push({ line: rowLine, fields });
    fields = [];
    line += 1;
    rowLine = line;
  }
  if (fields.length > 0) rows.push({ line: rowLine, fields });
  return rows;
}

interface Field {
  readonly value: string;
  readonly end: number;
  readonly lines: number;
}

function plainField(text: string, start: number, separator: string): Field {
  let end = start;
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { value: text.slice(start, end).trim(), end, lines: 0 };
}

/** A doubled quote stands for one. */
function quotedField(text: string, start: number): Field {
  let value = '';
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    const end = quote === -1 ? text.length : quote;
    value += text.slice(at, end);
    if (text[quote + 1] !== '"' || quote === -1) {
      return { value: value.trim(), end: quote === -1 ? end : end + 1, lines: value.split('\n').length - 1 };
    }
    value += '"';
    at = end + 2;
  }
}

function separatorOf(text: string): string {
  const end = text.indexOf('\n');
  const head = text.slice(0, end === -1 ? 4096 : Math.min(end, 4096));
  const counts = [',', ';', '\t'].map((mark) => ({ mark, count: head.split(mark).length }));
  return counts.toSorted((a, b) => b.count - a.count)[0]?.mark ?? ',';
}
