/** What a journal's extent records add up to: which bytes are proved durable, and which only said to be written. */
import type { Extent } from '../plan/extent.ts';
import type { ByteRange } from '../plan/range.ts';
import { byPlace, withoutContained } from './extents.ts';

interface Version {
  readonly sequence: number;
  readonly extent: Extent;
}

/**
 * Invariant: an extent is in `proved` only if a sync that began after it was recorded has succeeded. An extent
 * that grew since keeps its proved, shorter form beside the longer ones, so that a torn tail does not take the
 * proved bytes with it.
 */
export class JournalClaims {
  readonly #proved = new Map<number, Extent>();
  /** By start, oldest version first. Holds only what was recorded since the last sync. */
  readonly #pending = new Map<number, Version[]>();
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
    return this.#proved.size + this.#pending.size;
  }

  /** A later extent with the same start replaces an earlier one once it is proved. */
  record(sequence: number, extents: readonly Extent[]): void {
    this.#lastSequence = Math.max(this.#lastSequence, sequence);
    for (const extent of extents) {
      const versions = this.#pending.get(extent.start);
      if (versions === undefined) this.#pending.set(extent.start, [{ sequence, extent }]);
      else versions.push({ sequence, extent });
    }
  }

  /** Everything recorded up to `sequence` is durable. */
  synced(sequence: number): void {
    this.#syncedSequence = Math.max(this.#syncedSequence, sequence);
    this.#lastSequence = Math.max(this.#lastSequence, sequence);
    for (const [start, versions] of this.#pending) {
      const proved = versions.findLast((version) => version.sequence <= sequence);
      if (proved === undefined) continue;
      this.#proved.set(start, proved.extent);
      const rest = versions.filter((version) => version.sequence > sequence);
      if (rest.length === 0) this.#pending.delete(start);
      else this.#pending.set(start, rest);
    }
  }

  /** Whether a sync up to `sequence` would prove anything new. */
  hasPendingUpTo(sequence: number): boolean {
    for (const versions of this.#pending.values()) {
      if (versions.some((version) => version.sequence <= sequence)) return true;
    }
    return false;
  }

  /** Forgets every claim that touches these bytes. */
  lost(ranges: readonly ByteRange[]): void {
    const touches = (extent: Extent) => ranges.some((range) => range.start < extent.end && extent.start < range.end);
    for (const [start, extent] of this.#proved) if (touches(extent)) this.#proved.delete(start);
    for (const [start, versions] of this.#pending) {
      const rest = versions.filter((version) => !touches(version.extent));
      if (rest.length === 0) this.#pending.delete(start);
      else this.#pending.set(start, rest);
    }
  }

  /** Nothing counts as durable any more. */
  distrust(): void {
    for (const [start, extent] of this.#proved) {
      const versions = this.#pending.get(start) ?? [];
      this.#pending.set(start, [{ sequence: this.#syncedSequence, extent }, ...versions]);
    }
    this.#proved.clear();
  }

  /** Sorted by start; ones that lie within another are left out, ones that overlap in part are both kept. */
  trusted(): Extent[] {
    return withoutContained([...this.#proved.values()]);
  }

  /** Every version not yet proved, sorted by start and then by length. */
  doubtful(): Extent[] {
    const extents = [...this.#pending.values()].flatMap((versions) => versions.map((version) => version.extent));
    return extents.sort(byPlace);
  }

  /** The versions not yet proved by the sequence they were recorded under, in order. */
  pendingBySequence(): [sequence: number, extents: Extent[]][] {
    const groups = new Map<number, Extent[]>();
    for (const { sequence, extent } of [...this.#pending.values()].flat()) {
      const group = groups.get(sequence);
      if (group === undefined) groups.set(sequence, [extent]);
      else group.push(extent);
    }
    return [...groups].sort(([left], [right]) => left - right);
  }

  /** The same claims with others in their place; sequences go on where they were. */
  restated(trusted: readonly Extent[], doubtful: readonly Extent[]): JournalClaims {
    const claims = new JournalClaims();
    claims.record(this.#lastSequence, trusted);
    claims.synced(this.#lastSequence);
    claims.record(this.#lastSequence + 1, doubtful);
    return claims;
  }
}
