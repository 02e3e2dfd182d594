/** Says on which line an offset lies, for offsets that only grow: the text is gone through once. */

export class LineCounter {
  readonly #text: string;
  #line = 1;
  #next: number;

  constructor(text: string) {
    this.#text = text;
    this.#next = text.indexOf('\n');
  }

  /** Counts from 1. */
  at(offset: number): number {
    while (this.#next !== -1 && this.#next < offset) {
      this.#line += 1;
      this.#next = this.#text.indexOf('\n', this.#next + 1);
    }
    return this.#line;
  }
}

export function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/u);
}
