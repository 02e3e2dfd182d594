/** Notes when this side, by a speed limit or a slow disk, is what connections wait for: then nothing is measured or blamed. */
export class HeldReaders {
  #waiting = 0;
  #sinceLastLook = false;

  /** A limit may hold a reader for many looks. */
  get anyNow(): boolean {
    return this.#waiting > 0;
  }

  note(until: Promise<unknown>): void {
    this.#sinceLastLook = true;
    this.#waiting += 1;
    const goOn = (): void => {
      this.#waiting -= 1;
    };
    until.then(goOn, goOn);
  }

  /** Whether any reader had to wait since the last call, or still does. */
  takeLook(): boolean {
    const held = this.#sinceLastLook || this.anyNow;
    this.#sinceLastLook = false;
    return held;
  }
}
