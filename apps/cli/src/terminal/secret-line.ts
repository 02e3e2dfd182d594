/** What is typed at a question whose answer must not be seen. Pure. */

export type SecretLineState = 'typing' | 'done' | 'interrupted';

const enter = new Set(['\r', '\n', '\u0004']);
const erase = new Set(['\b', '\u007f']);
const eraseAll = '\u0015';
const interrupt = '\u0003';

export class SecretLine {
  #text = '';
  #state: SecretLineState = 'typing';

  get text(): string {
    return this.#text;
  }

  /** @param chunk what a terminal in raw mode has read; what follows the end of the line is dropped */
  take(chunk: string): SecretLineState {
    for (const key of chunk) {
      if (this.#state !== 'typing') break;
      if (enter.has(key)) this.#state = 'done';
      else if (key === interrupt) this.#state = 'interrupted';
      else if (key === eraseAll) this.#text = '';
      else if (erase.has(key)) this.#text = Array.from(this.#text).slice(0, -1).join('');
      else if (key >= ' ') this.#text += key;
    }
    return this.#state;
  }
}
