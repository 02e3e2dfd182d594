/** Lends the buffers between sockets and disk, so that a steady transfer allocates nothing and a crowd stays small. */
import { affordableBufferBytes } from '../../plan/connections/buffer-size.ts';

/** Sixteen fast connections with two of the largest each, and as much again. */
const plentyBytes = 64 * 1024 * 1024;
const mostIdleBytes = 16 * 1024 * 1024;

export class BufferPool {
  /** By their size. */
  readonly #idle = new Map<number, Uint8Array[]>();
  readonly #plentyBytes: number;
  #idleBytes = 0;
  #lentBytes = 0;
  #lentCount = 0;

  /** @param plenty how much may be lent before connections get smaller buffers than their speed calls for */
  constructor(plenty = plentyBytes) {
    this.#plentyBytes = plenty;
  }

  get lentBytes(): number {
    return this.#lentBytes;
  }

  /** A buffer of this size, or a smaller one while much is lent. */
  take(wantedBytes: number): Uint8Array {
    const lent = { count: this.#lentCount, sizeBytes: this.#lentBytes };
    const sizeBytes = affordableBufferBytes(wantedBytes, lent, this.#plentyBytes);
    this.#lentBytes += sizeBytes;
    this.#lentCount += 1;
    const idle = this.#idle.get(sizeBytes)?.pop();
    if (idle === undefined) return Buffer.allocUnsafeSlow(sizeBytes);
    this.#idleBytes -= sizeBytes;
    return idle;
  }

  give(buffer: Uint8Array): void {
    this.#lentBytes -= buffer.length;
    this.#lentCount -= 1;
    if (this.#idleBytes + buffer.length > mostIdleBytes) return;
    const others = this.#idle.get(buffer.length);
    if (others === undefined) this.#idle.set(buffer.length, [buffer]);
    else others.push(buffer);
    this.#idleBytes += buffer.length;
  }
}
