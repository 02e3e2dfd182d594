/** One open regular file over a node file handle: whole writes, whole reads, errors as codes. */
import type { FileHandle } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { SluiceError } from '@sluice/contract';
import type { FileFacts, OpenFile } from '../../ports/files.ts';
import type { LockState } from '../../plan/process/process-record.ts';
import { type DiskOperation, diskError, errnoOf } from './disk-errors.ts';
import { factsOf } from './facts.ts';
import { lockDescriptor } from './lock.ts';
import type { NodePlatform } from './system.ts';

/** A system that accepts nothing this many times in a row is not going to. */
const fruitlessLimit = 100;

function isInterruption(error: unknown): boolean {
  const errno = errnoOf(error);
  return errno === 'EINTR' || errno === 'EAGAIN';
}

export interface HandleTraits {
  readonly platform: NodePlatform;
  /** What opening it has locked. */
  readonly lock?: LockState;
}

class NodeOpenFile implements OpenFile {
  readonly path: string;
  readonly #handle: FileHandle;
  readonly #platform: NodePlatform;
  #closing: Promise<void> | null = null;
  #lock: LockState;

  constructor(handle: FileHandle, path: string, { platform, lock = 'none' }: HandleTraits) {
    this.#handle = handle;
    this.path = path;
    this.#platform = platform;
    this.#lock = lock;
  }

  async lock(): Promise<LockState> {
    if (this.#lock !== 'ours' && this.#platform === 'linux') this.#lock = await lockDescriptor(this.#handle.fd);
    return this.#lock;
  }

  async write(bytes: Uint8Array, position: number): Promise<void> {
    let done = 0;
    let fruitless = 0;
    while (done < bytes.byteLength) {
      const count = await this.#attempt('write', async () => {
        const { bytesWritten } = await this.#handle.write(bytes, done, bytes.byteLength - done, position + done);
        return bytesWritten;
      });
      done += count;
      fruitless = count === 0 ? fruitless + 1 : 0;
      await this.#giveUpAfter(fruitless, 'write');
    }
  }

  async read(into: Uint8Array, position: number): Promise<number> {
    let done = 0;
    let fruitless = 0;
    while (done < into.byteLength) {
      let interrupted = false;
      const count = await this.#attempt(
        'read',
        async () => {
          const { bytesRead } = await this.#handle.read(into, done, into.byteLength - done, position + done);
          return bytesRead;
        },
        () => (interrupted = true),
      );
      if (count === 0 && !interrupted) break;
      done += count;
      fruitless = interrupted ? fruitless + 1 : 0;
      await this.#giveUpAfter(fruitless, 'read');
    }
    return done;
  }

  sync(): Promise<void> {
    return this.#run('sync', () => this.#handle.datasync());
  }

  truncate(sizeBytes: number): Promise<void> {
    return this.#run('truncate', () => this.#handle.truncate(sizeBytes));
  }

  facts(): Promise<FileFacts> {
    return this.#run('look-up', async () => factsOf(await this.#handle.stat({ bigint: true }), this.#platform));
  }

  setModifiedTime(epochMs: number): Promise<void> {
    return this.#run('write', () => this.#handle.utimes(epochMs / 1000, epochMs / 1000));
  }

  /** Waits for operations under way. Closing again is fine. */
  close(): Promise<void> {
    this.#closing ??= this.#run('close', () => this.#handle.close());
    return this.#closing;
  }

  /** One transfer call: an interruption counts as nothing moved, and the caller's loop continues. */
  async #attempt(operation: 'read' | 'write', move: () => Promise<number>, onInterrupt?: () => void): Promise<number> {
    try {
      return await move();
    } catch (error) {
      if (!isInterruption(error)) throw diskError(error, { operation, path: this.path });
      onInterrupt?.();
      return 0;
    }
  }

  async #giveUpAfter(fruitless: number, operation: DiskOperation): Promise<void> {
    if (fruitless === 0) return;
    if (fruitless >= fruitlessLimit) {
      throw diskError(new SluiceError('disk-io', `${operation} makes no headway`), { operation, path: this.path });
    }
    await nextTurn();
  }

  async #run<T>(operation: DiskOperation, action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      throw diskError(error, { operation, path: this.path });
    }
  }
}

export function openFileOver(handle: FileHandle, path: string, traits: HandleTraits): OpenFile {
  return new NodeOpenFile(handle, path, traits);
}
