/** Who fetches what: the unfinished segments of one run, each with at most one writer. */
import type { ByteRange } from '../../plan/ranges/range.ts';
import { subtract } from '../../plan/ranges/ranges.ts';
import { chooseSplit } from '../../plan/connections/segments.ts';
import type { SegmentSnapshot } from '../run/run-context.ts';
import type { SegmentWriter } from '../body/segment-writer.ts';

export interface Segment {
  /** Where it began in this run; only for showing. */
  readonly start: number;
  /** Where the next connection has to start; kept while no writer is at work. */
  position: number;
  end: number;
  writer: SegmentWriter | null;
  /** 0 until measured. */
  bytesPerSecond: number;
  measured: { readonly atMs: number; readonly position: number } | null;
  /** When its connection last brought something, or began. */
  moved: { readonly atMs: number; readonly position: number } | null;
}

/** How long a segment's speed is averaged over. */
const measureMs = 500;

/** How much a segment must have left before it is worth another connection's round trip. */
const minSplitBytes = 64 * 1024;

export class SegmentBoard {
  readonly #segments: Segment[];

  /** @param missing in ascending order; an end of Infinity stands for an unknown length */
  constructor(missing: readonly ByteRange[]) {
    this.#segments = missing.map(({ start, end }) => ({
      start,
      position: start,
      end,
      writer: null,
      bytesPerSecond: 0,
      measured: null,
      moved: null,
    }));
  }

  get isDone(): boolean {
    return this.#segments.length === 0;
  }

  /**
   * For showing: what is being fetched, and in front of and between that what is done.
   * @param covered what is on disk
   */
  snapshot(covered: readonly ByteRange[]): SegmentSnapshot[] {
    const live = this.#segments.map(({ start, position, end, writer }) => ({
      start,
      end: Number.isFinite(end) ? end : null,
      position: writer?.position ?? position,
      active: writer !== null,
    }));
    const open = this.#segments.map(({ start, end }) => ({ start, end }));
    const done = subtract(covered, open).map(({ start, end }) => ({ start, end, position: end, active: false }));
    return [...done, ...live].sort((left, right) => left.start - right.start);
  }

  /**
   * The segment that a new connection should take: one without a writer, else half of the slowest to finish.
   * @param latencyMs from a new connection's start to its first byte; 0 while unknown
   */
  next(latencyMs = 0): Segment | null {
    return this.#segments.find((segment) => segment.writer === null) ?? this.#split(latencyMs);
  }

  /** A segment that starts exactly here and has no writer. */
  at(position: number): Segment | null {
    return this.#segments.find((segment) => segment.position === position && segment.writer === null) ?? null;
  }

  assign(segment: Segment, writer: SegmentWriter): void {
    segment.writer = writer;
    segment.bytesPerSecond = 0;
    segment.measured = null;
    segment.moved = null;
  }

  /** Notes how fast each segment advances, for the next split. */
  measure(atMs: number): void {
    for (const segment of this.#segments) {
      if (segment.writer === null) continue;
      const { position } = segment.writer;
      if (segment.moved?.position !== position) segment.moved = { atMs, position };
      segment.measured ??= { atMs, position };
      const elapsedMs = atMs - segment.measured.atMs;
      if (elapsedMs < measureMs) continue;
      segment.bytesPerSecond = ((position - segment.measured.position) / elapsedMs) * 1000;
      segment.measured = { atMs, position };
    }
  }

  /** Those whose connection has been silent for longer than `silenceMs`. */
  stalled(atMs: number, silenceMs: number): Segment[] {
    return this.#segments.filter(
      ({ writer, moved }) => writer !== null && moved !== null && atMs - moved.atMs > silenceMs,
    );
  }

  /** Makes all that the segment's writer has not received yet a segment of its own; null when that is nothing. */
  cutOff(segment: Segment): Segment | null {
    const { writer } = segment;
    if (writer === null || !Number.isFinite(segment.end) || writer.position >= writer.end) return null;
    return this.#cutAt(segment, writer, writer.position);
  }

  /**
   * Before a stream reaches the end of what it was left: what follows and has not begun is its own again. A connection
   * that was opened for it, and that may yet turn out to be of no use, has nothing more to bring.
   * @returns what no connection has to fetch any more; null when nothing was taken back
   */
  takeBack(segment: Segment): Segment | null {
    const { writer } = segment;
    const next = this.#segments[this.#segments.indexOf(segment) + 1];
    if (writer === null || next === undefined || next.position !== segment.end || writer.end !== segment.end)
      return null;
    if (next.position >= next.end || writer.position >= writer.end) return null;
    if (next.writer !== null && next.writer.position > next.writer.start) return null;
    const { end } = next;
    next.writer?.shrinkTo(next.position);
    next.end = next.position;
    if (next.writer === null) this.#segments.splice(this.#segments.indexOf(next), 1);
    writer.growTo(end);
    segment.end = end;
    return next;
  }

  /** Hands what has arrived to the disk, so that a checkpoint can claim it. Resolves when the disk has it, or has refused it. */
  async flush(): Promise<void> {
    await Promise.all(this.#segments.map(async ({ writer }) => writer?.flushArrived()));
  }

  /**
   * The writer has stopped and all it received is on disk: the rest, if any, is free to be taken.
   * @param endsHere an unknown length has become known: there is no rest
   */
  release(segment: Segment, endsHere: boolean): void {
    const broughtNothing = segment.writer?.position === segment.position;
    if (segment.writer !== null) {
      segment.position = segment.writer.position;
      segment.end = segment.writer.end;
      segment.writer = null;
      segment.bytesPerSecond = 0;
    }
    const isOver = endsHere || segment.position >= segment.end;
    if (isOver || (broughtNothing && this.#giveBack(segment))) {
      this.#segments.splice(this.#segments.indexOf(segment), 1);
    }
  }

  /**
   * A body that still flows towards this segment may well run on through it; a link that works once brings the file
   * by no other.
   */
  #giveBack(segment: Segment): boolean {
    const before = this.#segments[this.#segments.indexOf(segment) - 1];
    const writer = before?.writer ?? null;
    if (before === undefined || writer === null || before.end !== segment.position) return false;
    if (writer.end !== before.end || writer.position >= writer.end) return false;
    writer.growTo(segment.end);
    before.end = segment.end;
    return true;
  }

  #split(latencyMs: number): Segment | null {
    const active = this.#segments.filter((segment) => segment.writer !== null && Number.isFinite(segment.end));
    const live = active.map((segment) => {
      const position = segment.writer?.position ?? segment.position;
      return { start: segment.position, position, end: segment.end, bytesPerSecond: segment.bytesPerSecond };
    });
    const cut = chooseSplit(live, { minBytes: minSplitBytes, latencyMs });
    const victim = cut === null ? undefined : active[cut.index];
    if (cut === null || victim === undefined || victim.writer === null) return null;
    return this.#cutAt(victim, victim.writer, cut.at);
  }

  #cutAt(victim: Segment, writer: SegmentWriter, at: number): Segment {
    const rest: Segment = {
      start: at,
      position: at,
      end: victim.end,
      writer: null,
      bytesPerSecond: 0,
      measured: null,
      moved: null,
    };
    writer.shrinkTo(at);
    victim.end = at;
    this.#segments.splice(this.#segments.indexOf(victim) + 1, 0, rest);
    return rest;
  }
}
