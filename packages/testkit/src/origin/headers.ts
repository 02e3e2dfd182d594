/** Response header fields under construction: set, replaced, doubled or removed by name. */

/** A value replaces the field, a list sends it once per entry, null removes it. Names as they should be written. */
export type HeaderChanges = Readonly<Record<string, string | readonly string[] | null>>;

export class HeaderList {
  readonly #fields: Array<readonly [name: string, value: string]> = [];

  set(name: string, value: string): void {
    this.apply({ [name]: value });
  }

  apply(changes: HeaderChanges): void {
    for (const [name, change] of Object.entries(changes)) {
      this.#remove(name);
      const values = change === null ? [] : typeof change === 'string' ? [change] : change;
      for (const value of values) this.#fields.push([name, value]);
    }
  }

  lines(): string[] {
    return this.#fields.map(([name, value]) => `${name}: ${value}`);
  }

  #remove(name: string): void {
    const lowerName = name.toLowerCase();
    for (let index = this.#fields.length - 1; index >= 0; index -= 1) {
      if (this.#fields[index]?.[0].toLowerCase() === lowerName) this.#fields.splice(index, 1);
    }
  }
}
