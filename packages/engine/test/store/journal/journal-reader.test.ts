import fc from 'fast-check';
import { SluiceError } from '@sluice/contract';
import { describe, expect, test } from 'vitest';
import type { Extent } from '../../../src/plan/ranges/extent.ts';
import { type JournalHead, newHeadLine } from '../../../src/store/journal/journal-content.ts';
import {
  encodeLine,
  type JournalRecord,
  journalVersion,
  numbersOfExtents,
  seedOf,
} from '../../../src/store/journal/journal-format.ts';
import { parseJournal, type ReadJournal } from '../../../src/store/journal/journal-reader.ts';
import { resourceOf } from '../bodies.ts';

const head: JournalHead = {
  url: 'https://example.com/file.bin',
  fileName: 'file.bin',
  createdAtMs: 1_900_000_000_000,
  partialIdentity: 'i1b2',
};

const extent: fc.Arbitrary<Extent> = fc
  .tuple(fc.nat(40), fc.integer({ min: 1, max: 30 }), fc.nat(0xffffffff))
  .map(([start, lengthBytes, crc32]) => ({ start, end: start + lengthBytes, crc32 }));

type Step =
  | { readonly kind: 'extents'; readonly extents: readonly Extent[] }
  | { readonly kind: 'synced'; readonly back: number }
  | { readonly kind: 'lost'; readonly start: number; readonly end: number }
  | { readonly kind: 'resource'; readonly version: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(extent, { minLength: 1, maxLength: 3 }).map((extents): Step => ({ kind: 'extents', extents })),
  },
  { weight: 3, arbitrary: fc.nat(3).map((back): Step => ({ kind: 'synced', back })) },
  { weight: 1, arbitrary: fc.nat(60).map((start): Step => ({ kind: 'lost', start, end: start + 10 })) },
  { weight: 1, arbitrary: fc.nat(9).map((version): Step => ({ kind: 'resource', version })) },
);

interface Truth {
  readonly lengthBytes: number;
  readonly proved: ReadonlySet<string>;
  readonly recorded: ReadonlySet<string>;
  readonly etag: string | null;
}

function keyOf(some: Extent): string {
  return `${some.start}-${some.end}:${some.crc32}`;
}

/** Writes the steps as a journal, and what is true after each line, told the simplest way there is. */
function write(steps: readonly Step[]): { bytes: Buffer; truths: Truth[] } {
  const headLine = encodeLine(newHeadLine(head, 'owner-1'), 0);
  const lines = [headLine];
  let recorded: { sequence: number; extent: Extent }[] = [];
  let proved = new Map<number, Extent>();
  let etag: string | null = null;
  let sequence = 0;
  const truths: Truth[] = [];
  const note = () => {
    truths.push({
      lengthBytes: Buffer.concat(lines).length,
      proved: new Set([...proved.values()].map(keyOf)),
      recorded: new Set(recorded.map((entry) => keyOf(entry.extent))),
      etag,
    });
  };
  note();
  for (const next of steps) {
    let record: JournalRecord;
    switch (next.kind) {
      case 'extents':
        sequence += 1;
        for (const some of next.extents) recorded.push({ sequence, extent: some });
        record = { kind: 'extents', sequence, extents: numbersOfExtents(next.extents) };
        break;
      case 'synced': {
        const mark = Math.max(0, sequence - next.back);
        for (const entry of recorded) if (entry.sequence <= mark) proved.set(entry.extent.start, entry.extent);
        recorded = recorded.filter((entry) => entry.sequence > mark);
        record = { kind: 'synced', sequence: mark };
        break;
      }
      case 'lost': {
        const isUntouched = (some: Extent) => some.end <= next.start || some.start >= next.end;
        recorded = recorded.filter((entry) => isUntouched(entry.extent));
        proved = new Map([...proved].filter(([, some]) => isUntouched(some)));
        record = { kind: 'lost', ranges: [next.start, next.end] };
        break;
      }
      case 'resource':
        etag = resourceOf(next.version).etag;
        record = { kind: 'resource', resource: resourceOf(next.version) };
        break;
    }
    lines.push(encodeLine(record, seedOf(headLine)));
    note();
  }
  return { bytes: Buffer.concat(lines), truths };
}

function parseWhole(bytes: Buffer): ReadJournal {
  const parsing = parseJournal(bytes, '/j');
  for (;;) {
    const progress = parsing.next();
    if (progress.done === true) return progress.value;
  }
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof SluiceError) return error.code;
    throw error;
  }
  return 'none';
}

function expectTrue(read: ReadJournal, truth: Truth): void {
  for (const some of read.content.claims.trusted()) expect(truth.proved).toContain(keyOf(some));
  const doubtful = new Set(read.content.claims.doubtful().map(keyOf));
  expect(doubtful).toEqual(truth.recorded);
  expect(read.content.resource?.etag ?? null).toBe(truth.etag);
}

/** Every byte a set of extents stands for. */
function bytesOf(keys: Iterable<string>): Set<number> {
  const bytes = new Set<number>();
  for (const key of keys) {
    const [start = 0, end = 0] = key.split(/[-:]/).map(Number);
    for (let at = start; at < end; at += 1) bytes.add(at);
  }
  return bytes;
}

describe('a whole journal', () => {
  test('says exactly what was recorded', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const { bytes, truths } = write(steps);
        const read = parseWhole(bytes);
        const truth = truths.at(-1);
        if (truth === undefined) throw new Error('no truth');
        expectTrue(read, truth);
        // What lies within another extent may go, but no byte.
        expect(bytesOf(read.content.claims.trusted().map(keyOf))).toEqual(bytesOf(truth.proved));
        expect(read).toMatchObject({ torn: false, damaged: false, soundBytes: bytes.length, content: { head } });
      }),
    );
  });
});

describe('F54 a torn journal', () => {
  test('cut at any byte, it says what was recorded by its last whole line', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const { bytes, truths } = write(steps);
        for (let cut = 0; cut <= bytes.length; cut += 1) {
          const truth = truths.findLast((some) => some.lengthBytes <= cut);
          if (truth === undefined) {
            expect(codeOf(() => parseWhole(bytes.subarray(0, cut)))).toBe('journal-unreadable');
            continue;
          }
          const read = parseWhole(bytes.subarray(0, cut));
          expectTrue(read, truth);
          expect(read).toMatchObject({
            soundBytes: truth.lengthBytes,
            torn: cut > truth.lengthBytes,
            damaged: false,
          });
        }
      }),
      { numRuns: 15 },
    );
  });

  test('with zeros or garbage behind it, it says the same as without', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 10 }),
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        (steps, garbage) => {
          const { bytes, truths } = write(steps);
          const truth = truths.at(-1);
          if (truth === undefined) throw new Error('no truth');
          for (const tail of [garbage, new Uint8Array(4096)]) {
            const read = parseWhole(Buffer.concat([bytes, tail]));
            expectTrue(read, truth);
            expect(read).toMatchObject({ soundBytes: bytes.length, torn: true, damaged: false });
          }
        },
      ),
    );
  });
});

describe('F54 a damaged journal', () => {
  test('with any bit flipped it claims nothing that was never recorded, and as proved nothing that was never proved', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), fc.nat(), fc.nat(7), (steps, at, bit) => {
        const { bytes, truths } = write(steps);
        const index = at % bytes.length;
        const flipped = Buffer.from(bytes);
        flipped[index] = (flipped[index] ?? 0) ^ (1 << bit);
        const headBytes = truths[0]?.lengthBytes ?? 0;
        if (index < headBytes) {
          expect(codeOf(() => parseWhole(flipped))).toBe('journal-unreadable');
          return;
        }
        const read = parseWhole(flipped);
        const everProved = new Set(truths.flatMap((truth) => [...truth.proved]));
        const everRecorded = new Set(truths.flatMap((truth) => [...truth.recorded]));
        for (const some of read.content.claims.trusted()) expect(everProved).toContain(keyOf(some));
        for (const some of read.content.claims.doubtful()) expect(everRecorded).toContain(keyOf(some));
        const isSyncedAfter = steps.some(({ kind }, line) => {
          const lineStart = truths[line]?.lengthBytes ?? 0;
          // Without the line end before it, a line is part of the bad one.
          return (kind === 'synced' || kind === 'lost') && lineStart - 1 > index;
        });
        if (isSyncedAfter && read.damaged) expect(read.content.claims.trusted()).toEqual([]);
      }),
    );
  });

  test('a line torn among others not yet synced leaves what was proved before it proved', () => {
    const steps: Step[] = [
      { kind: 'extents', extents: [{ start: 0, end: 10, crc32: 1 }] },
      { kind: 'synced', back: 0 },
      { kind: 'extents', extents: [{ start: 10, end: 20, crc32: 2 }] },
      { kind: 'extents', extents: [{ start: 20, end: 30, crc32: 3 }] },
    ];
    const { bytes, truths } = write(steps);
    bytes[(truths[2]?.lengthBytes ?? 0) + 20] = 0;
    const read = parseWhole(bytes);
    expect(read.damaged).toBe(true);
    expect(read.content.claims.trusted().map(keyOf)).toEqual(['0-10:1']);
    expect(read.content.claims.doubtful().map(keyOf)).toEqual(['20-30:3']);
  });

  test('a line torn before one that was synced makes all of them doubtful', () => {
    const steps: Step[] = [
      { kind: 'extents', extents: [{ start: 0, end: 10, crc32: 1 }] },
      { kind: 'resource', version: 3 },
      { kind: 'extents', extents: [{ start: 10, end: 20, crc32: 2 }] },
      { kind: 'synced', back: 0 },
    ];
    const { bytes, truths } = write(steps);
    const middle = (truths[1]?.lengthBytes ?? 0) + 20;
    bytes[middle] = 0;
    const read = parseWhole(bytes);
    expect(read.damaged).toBe(true);
    expect(read.content.claims.trusted()).toEqual([]);
    expect(read.content.claims.doubtful().map(keyOf)).toEqual(['0-10:1', '10-20:2']);
  });

  test('a line of another journal is not taken for one of this', () => {
    const own = write([{ kind: 'extents', extents: [{ start: 0, end: 10, crc32: 1 }] }]);
    const other = write([
      { kind: 'extents', extents: [{ start: 0, end: 10, crc32: 1 }] },
      { kind: 'extents', extents: [{ start: 50, end: 60, crc32: 5 }] },
    ]);
    const stale = other.bytes.subarray(other.truths[1]?.lengthBytes ?? 0);
    const read = parseWhole(Buffer.concat([own.bytes, stale]));
    expect(read).toMatchObject({ torn: true, damaged: false });
    expect(read.content.claims.doubtful().map(keyOf)).toEqual(['0-10:1']);
  });
});

describe('F54 what is no journal of this version', () => {
  test.each([
    ['nothing', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(5000)],
    ['text', Buffer.from('hello\nworld\n')],
    ['a sound line that is no head', encodeLine({ kind: 'synced', sequence: 1 }, 0)],
    ['random bytes', Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 167) & 0xff))],
  ])('%s is unreadable', (_, bytes) => {
    expect(codeOf(() => parseWhole(bytes))).toBe('journal-unreadable');
  });

  test('a newer version is told from damage, whatever else its head holds', () => {
    const newer: object = { sluiceJournal: journalVersion + 1, layout: { unheard: 'of' } };
    const line = encodeLine(newer as ReturnType<typeof newHeadLine>, 0);
    expect(codeOf(() => parseWhole(Buffer.concat([line, Buffer.from('binary from here')])))).toBe('journal-too-new');
  });

  test('a record kind of a later release is passed over', () => {
    const headLine = encodeLine(newHeadLine(head, 'owner-1'), 0);
    const unknown: object = { kind: 'mirror', url: 'https://example.org/' };
    const lines = [
      headLine,
      encodeLine(unknown as JournalRecord, seedOf(headLine)),
      encodeLine({ kind: 'resource', resource: resourceOf(2) }, seedOf(headLine)),
    ];
    const read = parseWhole(Buffer.concat(lines));
    expect(read).toMatchObject({ torn: false, content: { resource: { etag: '"2"' } } });
  });

  test.each<[string, object]>([
    ['an extent that ends before it starts', { kind: 'extents', sequence: 1, extents: [10, 5, 1] }],
    ['an empty extent', { kind: 'extents', sequence: 1, extents: [10, 10, 1] }],
    ['numbers left over', { kind: 'extents', sequence: 1, extents: [10, 15] }],
    ['a negative start', { kind: 'extents', sequence: 1, extents: [-1, 15, 1] }],
    ['a checksum beyond 32 bits', { kind: 'extents', sequence: 1, extents: [1, 15, 2 ** 32] }],
    ['an end beyond what a number holds', { kind: 'extents', sequence: 1, extents: [1, 2 ** 60, 1] }],
    ['a resource without its fields', { kind: 'resource', resource: {} }],
    ['half a range', { kind: 'lost', ranges: [1] }],
  ])('a sound line that makes no sense ends the belief: %s', (_, record) => {
    const headLine = encodeLine(newHeadLine(head, 'owner-1'), 0);
    const read = parseWhole(Buffer.concat([headLine, encodeLine(record as JournalRecord, seedOf(headLine))]));
    expect(read).toMatchObject({ torn: true, soundBytes: headLine.length });
    expect(read.content.claims.doubtful()).toEqual([]);
  });
});
