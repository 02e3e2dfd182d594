/** The single-instance lock: one process for each `userData` folder; others hand over what they were started with. */
import {
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
  type FSWatcher,
} from 'node:fs';
import { join } from 'node:path';

export interface SecondInstance {
  readonly argv: readonly string[];
  readonly workingFolder: string;
  readonly additionalData: unknown;
}

/** False too when the lock went away in the meantime. */
function isOwnedByLiving(lock: string): boolean {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}

/** Files serve, because Electron's call is synchronous: the lock holds a process id, the inbox one file a hand-over. */
export class InstanceLock {
  readonly #lock: string;
  readonly #inbox: string;
  readonly #onSecond: (second: SecondInstance) => void;
  #watcher: FSWatcher | undefined;

  constructor(userData: string, onSecond: (second: SecondInstance) => void) {
    const folder = join(userData, 'double-instance');
    this.#lock = join(folder, 'lock');
    this.#inbox = join(folder, 'inbox');
    this.#onSecond = onSecond;
  }

  get isOwned(): boolean {
    return this.#watcher !== undefined;
  }

  /** @returns false when another process holds the lock; it has then been told about this one */
  acquire(additionalData: unknown): boolean {
    if (this.isOwned) return true;
    mkdirSync(this.#inbox, { recursive: true });
    if (this.#takeLock()) {
      this.#watcher = watch(this.#inbox, { persistent: false }, () => this.#readInbox());
      this.#readInbox();
      return true;
    }
    const second: SecondInstance = { argv: process.argv, workingFolder: process.cwd(), additionalData };
    const draft = join(this.#inbox, `${process.pid}.draft`);
    writeFileSync(draft, JSON.stringify(second));
    renameSync(draft, join(this.#inbox, `${process.pid}.json`));
    return false;
  }

  release(): void {
    if (!this.isOwned) return;
    this.#watcher?.close();
    this.#watcher = undefined;
    rmSync(this.#lock, { force: true });
  }

  /** A lock whose process died is nobody's. */
  #takeLock(): boolean {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      try {
        writeFileSync(this.#lock, String(process.pid), { flag: 'wx' });
        return true;
      } catch {
        if (isOwnedByLiving(this.#lock)) return false;
        rmSync(this.#lock, { force: true });
      }
    }
    return false;
  }

  #readInbox(): void {
    for (const name of readdirSync(this.#inbox).filter((entry) => entry.endsWith('.json'))) {
      const path = join(this.#inbox, name);
      const second = JSON.parse(readFileSync(path, 'utf8')) as SecondInstance;
      rmSync(path);
      this.#onSecond(second);
    }
  }
}
