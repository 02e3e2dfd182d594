/** The lines at the bottom of a terminal that are drawn again and again, below text that stays. */
const escape = '\u001B';

export interface ScreenOutput {
  write(text: string): unknown;
}

export class Screen {
  readonly #output: ScreenOutput;
  #drawn: readonly string[] = [];

  constructor(output: ScreenOutput) {
    this.#output = output;
  }

  /** Each line must be narrower than the terminal: one that wraps would be counted wrong. Writes nothing when nothing changed. */
  draw(lines: readonly string[]): void {
    if (lines.length === this.#drawn.length && lines.every((line, index) => line === this.#drawn[index])) return;
    this.#output.write(`${this.#home()}${lines.map((line) => `${line}${escape}[K\n`).join('')}${escape}[J`);
    this.#drawn = lines;
  }

  /** Text that stays, above the drawn lines. */
  print(text: string): void {
    const below = this.#drawn.map((line) => `${line}${escape}[K\n`).join('');
    this.#output.write(`${this.#home()}${escape}[J${text}\n${below}`);
  }

  clear(): void {
    if (this.#drawn.length > 0) this.#output.write(`${this.#home()}${escape}[J`);
    this.#drawn = [];
  }

  #home(): string {
    return this.#drawn.length === 0 ? '' : `${escape}[${this.#drawn.length}A\r`;
  }
}
