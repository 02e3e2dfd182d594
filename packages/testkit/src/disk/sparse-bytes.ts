/** The bytes of a file of any size, holding only the pages that were written. */

const pageBytes = 4096;

export class SparseBytes {
  readonly #pages = new Map<number, Uint8Array>();
  #sizeBytes = 0;

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  get allocatedBytes(): number {
    return this.#pages.size * pageBytes;
  }

  write(bytes: Uint8Array, position: number): void {
    for (const { page, from, at, length } of piecesOf(position, bytes.length)) {
      const target = this.#pages.get(page) ?? new Uint8Array(pageBytes);
      target.set(bytes.subarray(from, from + length), at);
      this.#pages.set(page, target);
    }
    if (bytes.length > 0) this.#sizeBytes = Math.max(this.#sizeBytes, position + bytes.length);
  }

  /** @returns how many bytes there were to read */
  read(into: Uint8Array, position: number): number {
    const count = Math.max(0, Math.min(into.length, this.#sizeBytes - position));
    for (const { page, from, at, length } of piecesOf(position, count)) {
      const source = this.#pages.get(page);
      if (source === undefined) into.fill(0, from, from + length);
      else into.set(source.subarray(at, at + length), from);
    }
    return count;
  }

  truncate(sizeBytes: number): void {
    const lastPage = Math.floor(sizeBytes / pageBytes);
    for (const page of this.#pages.keys()) if (page > lastPage) this.#pages.delete(page);
    this.#pages.get(lastPage)?.fill(0, sizeBytes - lastPage * pageBytes);
    this.#sizeBytes = sizeBytes;
  }

  /** Pages that writing these bytes would newly take up. */
  newBytes(position: number, lengthBytes: number): number {
    let pages = 0;
    for (const { page } of piecesOf(position, lengthBytes)) if (!this.#pages.has(page)) pages += 1;
    return pages * pageBytes;
  }

  clone(): SparseBytes {
    const copy = new SparseBytes();
    for (const [page, bytes] of this.#pages) copy.#pages.set(page, bytes.slice());
    copy.#sizeBytes = this.#sizeBytes;
    return copy;
  }

  toBytes(): Uint8Array {
    const bytes = new Uint8Array(this.#sizeBytes);
    this.read(bytes, 0);
    return bytes;
  }
}

function* piecesOf(
  position: number,
  lengthBytes: number,
): Generator<{ readonly page: number; readonly from: number; readonly at: number; readonly length: number }> {
  for (let from = 0; from < lengthBytes;) {
    const page = Math.floor((position + from) / pageBytes);
    const at = position + from - page * pageBytes;
    const length = Math.min(pageBytes - at, lengthBytes - from);
    yield { page, from, at, length };
    from += length;
  }
}
