/** That moving lines fit any terminal, stand in columns, and say the right things. */
import { stripVTControlCharacters } from 'node:util';
import type { DownloadState, DownloadView } from '@sluice/contract';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { frame, type FrameOptions } from '../../src/report/frame.ts';
import { view } from './views.ts';

const mebibyte = 1024 ** 2;

function at(columns: number, rows = 24, colour = false): FrameOptions {
  return { size: { columns, rows }, style: { colour, unicode: true }, nowMs: 1_000_000 };
}

const running = view({
  name: 'ubuntu-24.04.1-desktop-amd64.iso',
  sizeBytes: 6000 * mebibyte,
  receivedBytes: 2700 * mebibyte,
  speedBytesPerSecond: 85.3 * mebibyte,
  remainingMs: 38_700,
});

const states: readonly DownloadState[] = [
  { kind: 'queued' },
  { kind: 'running', phase: 'connecting' },
  { kind: 'running', phase: 'transferring' },
  { kind: 'waiting', error: { code: 'connect-refused' }, retryAtMs: 1_004_000, attempt: 2 },
  { kind: 'paused' },
  { kind: 'failed', error: { code: 'http-gone' } },
  { kind: 'finished', finishedAtMs: 1 },
];

const anyView: fc.Arbitrary<DownloadView> = fc
  .record({
    name: fc.string({ unit: 'grapheme', maxLength: 60 }),
    state: fc.constantFrom(...states),
    sizeBytes: fc.option(fc.maxSafeNat()),
    receivedBytes: fc.maxSafeNat(),
    speedBytesPerSecond: fc.double({ min: 0, max: 1e12, noNaN: true }),
    remainingMs: fc.option(fc.double({ min: 0, max: 1e12, noNaN: true })),
    connections: fc.nat(64),
  })
  .map((changes) => view(changes));

describe('frame', () => {
  test.each([
    [30, /^ubuntu-\S*….*\.?iso {5,}45%$/],
    [60, /^ubuntu-\S*….*\.iso {2}█+.?░+ {2} +45% {2} +85\.3 MiB\/s/],
    [80, /^ubuntu-\S*….*\.iso {2}█+.?░+ {2} +45% {2} +85\.3 MiB\/s {2} +0:39$/],
    [140, /^ubuntu-24\.04\.1-desktop-amd64\.iso +█+.?░+ {2} +45% {2} +85\.3 MiB\/s {2} +0:39 {2}of 5\.9 GiB +x4$/],
  ])('in %d columns', (columns, expected) => {
    const [line = ''] = frame([running], at(columns));
    expect(line).toMatch(expected);
    expect(stringWidth(line)).toBeLessThan(columns);
    expect(line).toContain('45%');
  });

  test('never reaches the edge of any terminal, whatever is downloaded', () => {
    fc.assert(
      fc.property(
        fc.array(anyView, { maxLength: 8 }),
        fc.integer({ min: 2, max: 250 }),
        fc.integer({ min: 3, max: 12 }),
        (downloads, columns, rows) => {
          const lines = frame(downloads, at(columns, rows, true));
          expect(lines.length).toBeLessThan(rows);
          for (const line of lines) {
            expect(stringWidth(line)).toBeLessThan(columns);
            expect(stripVTControlCharacters(line)).not.toMatch(/[\r\n\t]/);
          }
        },
      ),
    );
  });

  test('lines stand in the same columns', () => {
    const lines = frame(
      [running, view({ id: 'b', name: 'x' }), view({ id: 'c', name: '下載.zip', sizeBytes: null })],
      at(100),
    );
    const ends = lines.map((line) => stringWidth(line.slice(0, line.indexOf('/s'))));
    expect(new Set(ends).size).toBe(1);
  });

  test('a waiting download says why and for how long', () => {
    const [line = ''] = frame([view({ state: states[3] ?? running.state })], at(120));
    expect(line).toMatch(/The server does not accept connections; attempt 3 in 0:04$/);
  });

  test('a phase is named until bytes flow', () => {
    expect(frame([view({ state: { kind: 'running', phase: 'verifying' } })], at(80))[0]).toContain('verifying');
  });

  test('no size, no percentage: what has arrived instead', () => {
    const [line = ''] = frame([view({ sizeBytes: null, receivedBytes: 3 * mebibyte, remainingMs: null })], at(100));
    expect(line).toContain('3.0 MiB');
    expect(line).not.toContain('%');
  });

  test('one download has no total; several do, with what is over and what failed', () => {
    expect(frame([running], at(100))).toHaveLength(1);
    const lines = frame(
      [
        running,
        view({ id: 'b', state: { kind: 'queued' }, receivedBytes: 0, speedBytesPerSecond: 0 }),
        view({ id: 'c', state: { kind: 'finished', finishedAtMs: 1 }, receivedBytes: 1000 }),
        view({ id: 'd', state: { kind: 'failed', error: { code: 'http-gone' } } }),
      ],
      at(120),
    );
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^1 of 4 done, 1 failed/);
    expect(lines[1]).toContain('85.3 MiB/s');
  });

  test('what does not fit is counted', () => {
    const many = Array.from({ length: 20 }, (_, index) => view({ id: String(index) }));
    const lines = frame(many, at(100, 8));
    expect(lines).toHaveLength(7);
    expect(lines[5]).toBe('… and 15 more');
  });

  test('nothing under way, nothing drawn', () => {
    expect(frame([view({ state: { kind: 'finished', finishedAtMs: 1 } })], at(80))).toEqual([]);
    expect(frame([], at(80))).toEqual([]);
  });
});
