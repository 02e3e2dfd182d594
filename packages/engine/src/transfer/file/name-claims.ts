/** Which paths downloads of this process are using, so that two never write the same file. */
export class NameClaims {
  readonly #claimed = new Map<string, string>();
  /** What a download holds: most are given back after one, and there may be many claims of others. */
  readonly #keys = new Map<string, string[]>();
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
    if (holder === downloadId) return true;
    this.#claimed.set(key, downloadId);
    const keys = this.#keys.get(downloadId);
    if (keys === undefined) this.#keys.set(downloadId, [key]);
    else keys.push(key);
    return true;
  }

  release(downloadId: string): void {
    for (const key of this.#keys.get(downloadId) ?? []) this.#claimed.delete(key);
    this.#keys.delete(downloadId);
  }

  #key(path: string): string {
    return this.#foldCase ? path.toLowerCase().normalize('NFC') : path;
  }
}
