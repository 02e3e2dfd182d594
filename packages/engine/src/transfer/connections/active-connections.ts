/** The open connections of a download by segment, and which link the next one should ask. */
import { SluiceError } from '../../errors.ts';
import { chooseDismissals } from '../../plan/connections/dismissals.ts';
import type { ActiveConnection } from './active-connection.ts';
import type { DecisionLog } from './decision-log.ts';
import type { Segment } from './segment-board.ts';
import type { Source } from './source.ts';
import type { Sources } from './sources.ts';

/** A connection whose first byte takes longer than that of others by this factor has lost a packet. */
const overdueFactor = 4;

export class ActiveConnections {
  readonly #sources: Sources;
  readonly #decisions: DecisionLog;
  readonly #connections = new Map<Segment, ActiveConnection>();
  #latencyMs: number | null = null;

  constructor(sources: Sources, decisions: DecisionLog) {
    this.#sources = sources;
    this.#decisions = decisions;
  }

  get size(): number {
    return this.#connections.size;
  }

  /** Members whose body has begun. */
  get delivering(): number {
    let count = 0;
    for (const { deliveredBytes } of this.#connections.values()) if (deliveredBytes > 0) count += 1;
    return count;
  }

  /** From a new connection's start to its first byte, of late; 0 while unknown. */
  get latencyMs(): number {
    return this.#latencyMs ?? 0;
  }

  /** Of the youngest that began after this one; null when all others are older. */
  youngestAgeMs(than: ActiveConnection): number | null {
    const ages = [...this.#connections.values()].map(({ ageMs }) => ageMs).filter((ageMs) => ageMs < than.ageMs);
    return ages.length === 0 ? null : Math.min(...ages);
  }

  /** A connection that was asked for has brought its first byte. */
  noteBegun({ ageMs }: ActiveConnection): void {
    this.#latencyMs = this.#latencyMs === null ? ageMs : (this.#latencyMs + ageMs) / 2;
  }

  /** It has not begun although others of its age did long ago. */
  isOverdue({ ageMs }: ActiveConnection): boolean {
    return this.#latencyMs !== null && ageMs > this.#latencyMs * overdueFactor;
  }

  at(segment: Segment): ActiveConnection | null {
    return this.#connections.get(segment) ?? null;
  }

  add(connection: ActiveConnection): void {
    this.#connections.set(connection.segment, connection);
  }

  remove(connection: ActiveConnection): void {
    this.#connections.delete(connection.segment);
    connection.source.release();
  }

  /** Counts one more connection to the link that should have it; null when none may have one. */
  takeSource(): Source | null {
    return this.#sources.take((source) => this.#paceOf(source));
  }

  /**
   * More connections work than pay: tells the slowest to go.
   * @returns `slow-mirror` or `crawler` when it was they that brought nothing, so that the level is to be tried again
   */
  dismissBeyond(wanted: number): 'slow-mirror' | 'crawler' | null {
    if (this.#connections.size <= wanted) return null;
    const staying = [...this.#connections.values()].filter((connection) => !connection.isDismissed);
    const open = staying.map(({ bytesPerMs, source }) => ({ bytesPerMs, isToMirror: source.isMirror }));
    const { indices, slowMirrors, hasCrawler } = chooseDismissals(open, staying.length - wanted);
    for (const index of indices) staying[index]?.dismiss();
    for (const index of slowMirrors) {
      const mirror = staying[index]?.source;
      if (mirror !== undefined) this.giveUp(mirror);
    }
    const blamed = slowMirrors.length > 0 ? 'slow-mirror' : hasCrawler ? 'crawler' : null;
    if (indices.length > 0) {
      const because = blamed ?? 'more-than-wanted';
      this.#decisions.dismissal({ dismissed: indices.length, open: staying.length, wanted, because });
    }
    return blamed;
  }

  /** The mirror helps no more: others take over what its connections have left. */
  giveUp(mirror: Source): void {
    mirror.giveUp();
    for (const connection of this.#connections.values()) if (connection.source === mirror) connection.dismiss();
  }

  /** The stream before this segment was sooner. */
  endBeaten(segment: Segment | null): void {
    if (segment === null) return;
    this.#connections.get(segment)?.end(new SluiceError('stalled', 'the stream before it was sooner'));
  }

  /** A silent connection beside working ones is the connection's fault: its rest goes to another. */
  endSilent(silent: readonly Segment[]): void {
    // When all are silent the way is down, and new connections would be no better.
    if (this.size < 2 || silent.length === this.size) return;
    for (const segment of silent) {
      this.#connections.get(segment)?.end(new SluiceError('stalled', 'silent beside connections that work'));
    }
  }

  #paceOf(source: Source): number | null {
    const paces = [...this.#connections.values()]
      .filter((connection) => connection.source === source && connection.deliveredBytes > 0)
      .map(({ bytesPerMs }) => bytesPerMs);
    return paces.length === 0 ? null : paces.reduce((sum, pace) => sum + pace, 0) / paces.length;
  }
}
