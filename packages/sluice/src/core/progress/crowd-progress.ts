/** Progress of many downloads as one: of a round, or of all downloads of a manager. */
import { remainingMs } from '@sluice/engine';
import type { DownloadProgress } from './progress.ts';

export type CrowdOutcome = 'downloaded' | 'present' | 'accepted' | 'failed';

/** What people are shown of many downloads while they work. */
export interface CrowdProgress {
  /** How many there are to be; null while that cannot be told, as with items that are made as they are drawn. */
  readonly itemCount: number | null;
  /** Those that have begun and not ended. */
  readonly runningCount: number;
  /** Those that have ended, by how they did. */
  readonly ended: Readonly<Record<CrowdOutcome, number>>;
  /** Of everything so far, those of earlier calls included. */
  readonly receivedBytes: number;
  /** Of everything that has begun; null while one of them does not know its own. */
  readonly totalBytes: number | null;
  readonly bytesPerSecond: number;
  /** 0 to 100, each item counting alike; null while `itemCount` is. */
  readonly percent: number | null;
  /** For what has begun; null when it cannot be told. */
  readonly remainingMs: number | null;
}

type Beginning = Pick<DownloadProgress, 'receivedBytes' | 'totalBytes' | 'bytesPerSecond' | 'percent'>;

const nothing: Beginning = { receivedBytes: 0, totalBytes: null, bytesPerSecond: 0, percent: null };

/** Adds up what single downloads report. */
export class CrowdMeter {
  /** How many there are to be; null: not known. */
  itemCount: number | null;
  /** Called after each change; must return at once. */
  onChange: () => void = () => {};
  readonly #running = new Map<object, Beginning>();
  readonly #ended: Record<CrowdOutcome, number> = { downloaded: 0, present: 0, accepted: 0, failed: 0 };
  #endedBytes = 0;

  constructor(itemCount: number | null) {
    this.itemCount = itemCount;
  }

  /** @param key tells this download from the others */
  begin(key: object): void {
    this.#running.set(key, nothing);
    this.onChange();
  }

  note(key: object, progress: DownloadProgress): void {
    if (!this.#running.has(key)) return;
    this.#running.set(key, progress);
    this.onChange();
  }

  end(key: object, outcome: CrowdOutcome, sizeBytes: number): void {
    this.#running.delete(key);
    this.#ended[outcome] += 1;
    this.#endedBytes += sizeBytes;
    this.onChange();
  }

  snapshot(): CrowdProgress {
    let [receivedBytes, bytesPerSecond, shares] = [this.#endedBytes, 0, 0];
    let totalBytes: number | null = this.#endedBytes;
    for (const one of this.#running.values()) {
      receivedBytes += one.receivedBytes;
      bytesPerSecond += one.bytesPerSecond;
      shares += (one.percent ?? 0) / 100;
      totalBytes = totalBytes === null || one.totalBytes === null ? null : totalBytes + one.totalBytes;
    }
    const { itemCount } = this;
    const endedCount = Object.values(this.#ended).reduce((sum, count) => sum + count, 0);
    const share = itemCount === null ? null : itemCount === 0 ? 1 : (endedCount + shares) / itemCount;
    return {
      itemCount,
      runningCount: this.#running.size,
      ended: { ...this.#ended },
      receivedBytes,
      totalBytes,
      bytesPerSecond,
      percent: share === null ? null : Math.min(100, share * 100),
      remainingMs: remainingMs({ totalBytes, receivedBytes, bytesPerSecond }),
    };
  }
}
