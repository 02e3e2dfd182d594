/** The lines at the bottom of a terminal that are drawn again and again, below text that stays. */
import { rowsOf } from './fit-text.ts';

const escape = '\u001B';

export interface ScreenOutput {
  write(text: string): unknown;
  /** As wide as the terminal is now. */
  columns(): number;
}

export class Screen {
  readonly #output: ScreenOutput;
  #drawn: readonly string[] = [];

  constructor(output: ScreenOutput) {
    this.#output = output;
  }

  /** Each line must be narrower than the terminal is now. Writes nothing when nothing changed. */
  draw(lines: readonly string[]): void {
    if (lines.length === this.#drawn.length && lines.every((line, index) => line === this.#drawn[index])) return;
    this.#output.write(`${this.#home()}${lines.map((line) => `${line}${escape}[K\n`).join('')}${escape}[J`);
    this.#drawn = lines;
  }

  /** Text that stays, above the drawn lines; those that have become too wide come again with the next frame. */
  print(text: string): void {
    const home = this.#home();
    const columns = this.#output.columns();
    this.#drawn = this.#drawn.filter((line) => rowsOf(line, columns) === 1);
    const below = this.#drawn.map((line) => `${line}${escape}[K\n`).join('');
    this.#output.write(`${home}${escape}[J${text}\n${below}`);
  }

  clear(): void {
    if (this.#drawn.length > 0) this.#output.write(`${this.#home()}${escape}[J`);
    this.#drawn = [];
  }

  /** A terminal made narrower since has folded what was drawn into more rows than lines. */
  #home(): string {
    const columns = this.#output.columns();
    const rows = this.#drawn.reduce((total, line) => total + rowsOf(line, columns), 0);
    return rows === 0 ? '' : `${escape}[${rows}A\r`;
  }
}
