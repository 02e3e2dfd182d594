/** Takes curl's account of a transfer (`--verbose`, on its standard error) apart, line by line. */

export type TraceLine =
  /** What curl sent to the server: a request line, a header, an FTP command. */
  | { readonly kind: 'sent'; readonly text: string }
  /** What the server answered, a line of it. */
  | { readonly kind: 'received'; readonly text: string }
  /** What curl itself has to say. */
  | { readonly kind: 'note'; readonly text: string }
  /** Its own line at the end of each transfer. */
  | { readonly kind: 'result'; readonly exitCode: number; readonly message: string };

/** Longer lines are cut: they carry nothing that is used. */
const longestLine = 1024 * 1024;

/** What `--write-out` is to be for results to be found. Nothing a server says can begin a line, let alone with `mark`. */
export function resultFormat(mark: string): string {
  return String.raw`%{stderr}\n${mark} %{exitcode} %{errormsg}\n`;
}

/** @returns null for a line that says nothing here */
export function parseTraceLine(line: string, mark: string): TraceLine | null {
  const text = line.slice(2);
  if (line.startsWith('> ')) return { kind: 'sent', text };
  if (line.startsWith('< ')) return { kind: 'received', text };
  if (line.startsWith('* ')) return { kind: 'note', text };
  if (!line.startsWith(`${mark} `)) return null;
  const [, exitCode, message = ''] = /^(\d+) ?(.*)$/s.exec(line.slice(mark.length + 1)) ?? [];
  return exitCode === undefined ? null : { kind: 'result', exitCode: Number(exitCode), message };
}

/** Cuts a stream of text into lines, without their ends. */
export class LineCutter {
  #rest = '';

  /** @param text latin-1, one char per byte */
  take(text: string): readonly string[] {
    const lines = (this.#rest + text).split('\n');
    this.#rest = (lines.pop() ?? '').slice(0, longestLine);
    return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  }
}
