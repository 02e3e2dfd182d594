/** What a journal's extent records add up to: which bytes are proved durable, and which only said to be written. */
import type { Extent } from '../../plan/ranges/extent.ts';
import type { ByteRange } from '../../plan/ranges/range.ts';
import { byPlace, withoutContained } from '../extents.ts';

/** What was recorded together. */
interface Batch {
  readonly sequence: number;
  readonly extents: readonly Extent[];
}

/**
 * Invariant: an extent is in `proved` only if a sync that began after it was recorded has succeeded. An extent
 * that grew since keeps its proved, shorter form beside the longer ones, so that a torn tail does not take the
 * proved bytes with it.
 */
export class JournalClaims {
  /** By start: a later extent with the same start replaces an earlier one once it is proved. */
  readonly #proved = new Map<number, Extent>();
  /** What was recorded since the last sync, oldest first. */
  #pending: Batch[] = [];
  #pendingExtents = 0;
  #syncedSequence = 0;
  #lastSequence = 0;

  get syncedSequence(): number {
    return this.#syncedSequence;
  }

  get lastSequence(): number {
    return this.#lastSequence;
  }

  /** How many extents a rewritten journal would hold. */
  get size(): number {
    return this.#proved.size + this.#pendingExtents;
  }

  record(sequence: number, extents: readonly Extent[]): void {
    this.#lastSequence = Math.max(this.#lastSequence, sequence);
    if (extents.length === 0) return;
    this.#pending.push({ sequence, extents });
    this.#pendingExtents += extents.length;
  }

  /** Everything recorded up to `sequence` is durable. */
  synced(sequence: number): void {
    this.#syncedSequence = Math.max(this.#syncedSequence, sequence);
    this.#lastSequence = Math.max(this.#lastSequence, sequence);
    for (const batch of this.#pending) {
      if (batch.sequence > sequence) continue;
      for (const extent of batch.extents) this.#proved.set(extent.start, extent);
    }
    this.#setPending(this.#pending.filter((batch) => batch.sequence > sequence));
  }

  /** Whether a sync up to `sequence` would prove anything new. */
  hasPendingUpTo(sequence: number): boolean {
    return this.#pending.some((batch) => batch.sequence <= sequence);
  }

  /** Forgets every claim that touches these bytes. */
  lost(ranges: readonly ByteRange[]): void {
    const isApart = (extent: Extent) => ranges.every((range) => range.end <= extent.start || extent.end <= range.start);
    for (const [start, extent] of this.#proved) if (!isApart(extent)) this.#proved.delete(start);
    const kept = this.#pending.map(({ sequence, extents }) => ({ sequence, extents: extents.filter(isApart) }));
    this.#setPending(kept.filter((batch) => batch.extents.length > 0));
  }

  /** Nothing counts as durable any more. */
  distrust(): void {
    if (this.#proved.size === 0) return;
    const extents = [...this.#proved.values()];
    this.#proved.clear();
    this.#setPending([{ sequence: this.#syncedSequence, extents }, ...this.#pending]);
  }

  /** Sorted by start; ones that lie within another are left out, ones that overlap in part are both kept. */
  trusted(): Extent[] {
    return withoutContained([...this.#proved.values()]);
  }

  /** Every form not yet proved of every extent, sorted by start and then by length. */
  doubtful(): Extent[] {
    return this.#pending.flatMap((batch) => batch.extents).sort(byPlace);
  }

  /** What is not yet proved, as it was recorded. */
  pending(): readonly Batch[] {
    return this.#pending;
  }

  /** The same claims with others in their place; sequence numbers continue. */
  restated(trusted: readonly Extent[], doubtful: readonly Extent[]): JournalClaims {
    const claims = new JournalClaims();
    claims.record(this.#lastSequence, trusted);
    claims.synced(this.#lastSequence);
    claims.record(this.#lastSequence + 1, doubtful);
    return claims;
  }

  #setPending(batches: Batch[]): void {
    this.#pending = batches;
    this.#pendingExtents = batches.reduce((sum, batch) => sum + batch.extents.length, 0);
  }
}
