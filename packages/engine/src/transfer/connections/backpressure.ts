/** Notes when this side, by a speed limit or a slow disk, is what connections wait for: then nothing is measured or blamed. */
export class Backpressure {
  #waiting = 0;
  #sinceLastRead = false;

  /** A limit may hold a reader for many looks. */
  get isThrottled(): boolean {
    return this.#waiting > 0;
  }

  note(until: Promise<unknown>): void {
    this.#sinceLastRead = true;
    this.#waiting += 1;
    const goOn = (): void => {
      this.#waiting -= 1;
    };
    until.then(goOn, goOn);
  }

  /** Whether any reader had to wait since the last call, or still does. */
  readAndReset(): boolean {
    const wasThrottled = this.#sinceLastRead || this.isThrottled;
    this.#sinceLastRead = false;
    return wasThrottled;
  }
}
