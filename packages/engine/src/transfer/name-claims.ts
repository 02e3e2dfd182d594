/** Which paths downloads of this process are using, so that two never write the same file. */
export class NameClaims {
  readonly #claimed = new Map<string, string>();
  readonly #foldCase: boolean;

  /** @param foldCase whether the platform's file systems usually ignore case (Windows, macOS) */
  constructor(foldCase: boolean) {
    this.#foldCase = foldCase;
  }

  /** @returns false when another download holds the path */
  claim(path: string, downloadId: string): boolean {
    const key = this.#key(path);
    const holder = this.#claimed.get(key);
    if (holder !== undefined && holder !== downloadId) return false;
    this.#claimed.set(key, downloadId);
    return true;
  }

  release(downloadId: string): void {
    for (const [key, holder] of this.#claimed) if (holder === downloadId) this.#claimed.delete(key);
  }

  #key(path: string): string {
    return this.#foldCase ? path.toLowerCase().normalize('NFC') : path;
  }
}
