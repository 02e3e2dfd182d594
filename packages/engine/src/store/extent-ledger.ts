/** Which bytes of the partial are written, while a run is under way, and which of that the journal has yet to hear. */
import type { Extent } from '../plan/ranges/extent.ts';
import type { ByteRange } from '../plan/ranges/range.ts';
import { byPlace } from './extents.ts';
import { RangeSet } from './range-set.ts';

/** An extent is known by its start: setting a longer one with the same start replaces it. */
export class ExtentLedger {
  readonly #extents = new Map<number, Extent>();
  readonly #changed = new Set<number>();
  #ranges = new RangeSet();
  #covered: readonly ByteRange[] | null = null;

  /** @param initial what the journal knows already */
  constructor(initial: readonly Extent[]) {
    for (const extent of initial) this.#put(extent);
  }

  /** Different bytes written: overlaps count once. */
  get coveredBytes(): number {
    return this.#ranges.lengthBytes;
  }

  /** Its bytes have been written. */
  set(extent: Extent): void {
    this.#put(extent);
    this.#changed.add(extent.start);
  }

  /** Whether {@link takeChanged} has anything to tell. */
  get hasChanged(): boolean {
    return this.#changed.size > 0;
  }

  /** What was set since the last call, in order of place. */
  takeChanged(): Extent[] {
    const changed: Extent[] = [];
    for (const start of this.#changed) {
      const extent = this.#extents.get(start);
      if (extent !== undefined) changed.push(extent);
    }
    this.#changed.clear();
    return changed.sort(byPlace);
  }

  /** The journal could not take them: the next {@link takeChanged} has them again, in their newest form. */
  putBack(extents: readonly Extent[]): void {
    for (const extent of extents) this.#changed.add(extent.start);
  }

  /** Forgets every extent that touches these bytes. */
  forget(ranges: readonly ByteRange[]): void {
    for (const extent of this.#extents.values()) {
      if (ranges.some((range) => range.start < extent.end && extent.start < range.end)) {
        this.#extents.delete(extent.start);
        this.#changed.delete(extent.start);
      }
    }
    this.#rebuild();
  }

  /** In order of place. */
  all(): readonly Extent[] {
    return [...this.#extents.values()].sort(byPlace);
  }

  /** Merged and sorted. */
  covered(): readonly ByteRange[] {
    this.#covered ??= this.#ranges.toArray();
    return this.#covered;
  }

  #put(extent: Extent): void {
    const previous = this.#extents.get(extent.start);
    this.#extents.set(extent.start, extent);
    if (previous !== undefined && previous.end > extent.end) this.#rebuild();
    else this.#ranges.add(extent.start, extent.end);
    this.#covered = null;
  }

  #rebuild(): void {
    this.#ranges = new RangeSet();
    for (const extent of this.#extents.values()) this.#ranges.add(extent.start, extent.end);
    this.#covered = null;
  }
}
