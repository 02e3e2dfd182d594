/** What is typed at a question whose answer must not be seen. Pure. */

/**
 * - `interrupted`: Ctrl+C.
 * - `ended`: Ctrl+D with nothing typed, as at any other end of input.
 */
export type SecretLineState = 'typing' | 'done' | 'interrupted' | 'ended';

const enter = new Set(['\r', '\n']);
const erase = new Set(['\b', '\u007f']);
const eraseAll = '\u0015';
const interrupt = '\u0003';
const endOfInput = '\u0004';
const escape = '\u001b';
/** What ends the sequence that an arrow or a function key sends (ECMA-48, section 5.4). */
const lastOfSequence = /[@-~]/;

export class SecretLine {
  #text = '';
  #state: SecretLineState = 'typing';
  /** How far a key that sends several characters has come. */
  #sequence: 'none' | 'begun' | 'open' = 'none';

  get text(): string {
    return this.#text;
  }

  /** @param chunk what a terminal in raw mode has read; what follows the end of the line is dropped */
  take(chunk: string): SecretLineState {
    for (const key of chunk) {
      if (this.#state !== 'typing') break;
      if (enter.has(key)) this.#state = 'done';
      else if (key === interrupt) this.#state = 'interrupted';
      else if (key === endOfInput) this.#state = this.#text === '' ? 'ended' : 'done';
      else if (!this.#isOfSequence(key)) this.#type(key);
    }
    return this.#state;
  }

  /** An arrow key does not belong to a password. */
  #isOfSequence(key: string): boolean {
    if (key === escape) this.#sequence = 'begun';
    else if (this.#sequence === 'none') return false;
    else if (this.#sequence === 'begun') this.#sequence = key === '[' || key === 'O' ? 'open' : 'none';
    else if (lastOfSequence.test(key)) this.#sequence = 'none';
    return true;
  }

  #type(key: string): void {
    if (key === eraseAll) this.#text = '';
    else if (erase.has(key)) this.#text = Array.from(this.#text).slice(0, -1).join('');
    else if (key >= ' ') this.#text += key;
  }
}
