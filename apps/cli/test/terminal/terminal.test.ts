/** The pure parts of what a terminal shows: amounts, widths, bars, colours, and the lines drawn over. */
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { formatBytes, formatDuration, formatPercent, formatSpeed } from '../../src/terminal/amounts.ts';
import { cleanText } from '../../src/terminal/clean-text.ts';
import { cutMiddle, fitText } from '../../src/terminal/fit-text.ts';
import { progressBar } from '../../src/terminal/progress-bar.ts';
import { Screen } from '../../src/terminal/screen.ts';
import { styleFor, tint } from '../../src/terminal/style.ts';

describe('amounts', () => {
  test.each([
    [0, '0 B'],
    [1, '1 B'],
    [1023, '1023 B'],
    [1024, '1.0 KiB'],
    [1536, '1.5 KiB'],
    [102_399, '100 KiB'],
    [1_048_575, '1.0 MiB'],
    [1_048_576, '1.0 MiB'],
    [1_234_567_890, '1.1 GiB'],
    [Number.MAX_SAFE_INTEGER, '8.0 PiB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  test('a size is never wider than its column', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: Number.MAX_SAFE_INTEGER, noNaN: true }), (bytes) => {
        expect(formatDuration(bytes).length).toBeLessThanOrEqual(8);
        expect(formatBytes(bytes).length).toBeLessThanOrEqual(8);
        expect(formatSpeed(bytes).length).toBeLessThanOrEqual(11);
      }),
    );
  });

  test.each([
    [0, '0:00'],
    [1, '0:01'],
    [59_999, '1:00'],
    [61_000, '1:01'],
    [3_599_001, '1:00:00'],
    [3_600_000, '1:00:00'],
    [90_061_000, '25:01:01'],
    [259_200_000, '3 days'],
    [1e15, '999 days'],
    [-5, '0:00'],
  ])('%d ms are %s', (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text);
  });

  test.each([
    [0, 100, '0%'],
    [999, 1000, '99%'],
    [1000, 1000, '100%'],
    [1001, 1000, '100%'],
    [0, 0, '100%'],
  ])('%d of %d is %s: whole only when whole', (part, whole, text) => {
    expect(formatPercent(part, whole)).toBe(text);
  });
});

describe('fitText', () => {
  test.each([
    ['short.iso', 12, 'short.iso   '],
    ['a-very-long-name.iso', 12, 'a-very-l…iso'],
    ['下載文件名稱很長.zip', 12, '下載文…zip '],
    ['x', 0, ''],
    ['ab', 1, '…'],
  ])('%s in %d columns', (text, columns, fitted) => {
    expect(fitText(text, columns).replaceAll(/ +$/g, (spaces) => spaces)).toHaveLength(fitted.length);
    expect(stringWidth(fitText(text, columns))).toBe(columns);
  });

  test('is exactly as wide as asked, and cutting is never wider, for any text', () => {
    const piece = fc.constantFrom('下', '載', 'é', 'e\u0301', '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}', 'a', '.', ' ');
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: piece, maxLength: 40 })).map(cleanText);
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 60 }), (value, columns) => {
        expect(stringWidth(fitText(value, columns))).toBe(columns);
        expect(stringWidth(cutMiddle(value, columns))).toBeLessThanOrEqual(columns);
      }),
    );
  });

  test('keeps the extension in sight', () => {
    expect(cutMiddle('ubuntu-24.04.1-desktop-amd64.iso', 20)).toMatch(/^ubuntu-.*…amd64?\S*\.iso$|^ubuntu.*….*\.iso$/);
  });
});

describe('progressBar', () => {
  const ascii = { colour: false, unicode: false };
  const unicode = { colour: false, unicode: true };

  test.each([
    [null, '..........'],
    [0, '..........'],
    [0.55, '#####.....'],
    [0.999, '#########.'],
    [1, '##########'],
    [7, '##########'],
    [Number.NaN, '..........'],
  ])('%s', (share, bar) => {
    expect(progressBar(share, 10, ascii)).toBe(bar);
  });

  test('is always as wide as asked', () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 2 }), fc.integer({ min: 0, max: 80 }), (share, columns) => {
        expect(stringWidth(progressBar(share, columns, unicode))).toBe(columns);
        expect(stringWidth(progressBar(share, columns, ascii))).toBe(columns);
      }),
    );
  });
});

describe('style', () => {
  test.each([
    [{ LANG: 'en_GB.UTF-8' }, 'linux', { colour: true, unicode: true }],
    [{ LANG: 'C.utf8', NO_COLOR: '1' }, 'linux', { colour: false, unicode: true }],
    [{ LANG: 'C.utf8', NO_COLOR: '' }, 'linux', { colour: true, unicode: true }],
    [{ LANG: 'en_GB.UTF-8', LC_ALL: 'C' }, 'linux', { colour: true, unicode: false }],
    [{ TERM: 'dumb' }, 'linux', { colour: false, unicode: false }],
    [{}, 'win32', { colour: true, unicode: true }],
    [{}, 'darwin', { colour: true, unicode: true }],
  ])('%j on %s', (environment, platform, style) => {
    expect(styleFor(environment, platform)).toEqual(style);
  });

  test('without colour text stays as it is', () => {
    expect(tint('x', 'red', { colour: false, unicode: true })).toBe('x');
    expect(tint('x', 'red', { colour: true, unicode: true })).toBe('\u001B[31mx\u001B[39m');
  });
});

/** Just enough of a terminal: text, line feed, carriage return, cursor up, erase to the end of line and screen. */
function show(written: string): readonly string[] {
  const lines: string[] = [''];
  let row = 0;
  let column = 0;
  for (const [token] of written.replaceAll('\u001B', '<').matchAll(/<\[(\d*)([AKJ])|\r|\n|[^<\r\n]+/g)) {
    const [, count, command] = /^<\[(\d*)([AKJ])$/.exec(token) ?? [];
    const line = lines[row] ?? '';
    if (token === '\n') {
      row += 1;
      column = 0;
      lines[row] ??= '';
    } else if (token === '\r') column = 0;
    else if (command === 'A') row -= Number(count);
    else if (command === 'K') lines[row] = line.slice(0, column);
    else if (command === 'J') lines.splice(row, Infinity, line.slice(0, column));
    else {
      lines[row] = line.slice(0, column).padEnd(column) + token + line.slice(column + token.length);
      column += token.length;
    }
  }
  return lines.slice(0, -1);
}

describe('Screen', () => {
  test('whatever is printed and drawn, the terminal shows what stays and then the last frame', () => {
    const step = fc.oneof(
      fc.record({ print: fc.stringMatching(/^[a-z]{1,9}$/) }),
      fc.record({ draw: fc.array(fc.stringMatching(/^[A-Z]{1,9}$/), { maxLength: 4 }) }),
      fc.constant({ clear: true }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let written = '';
        const screen = new Screen({ write: (text) => (written += text), columns: () => 80 });
        const kept: string[] = [];
        let drawn: readonly string[] = [];
        for (const each of steps) {
          if ('print' in each) {
            screen.print(each.print);
            kept.push(each.print);
          } else if ('draw' in each) {
            screen.draw(each.draw);
            drawn = each.draw;
          } else {
            screen.clear();
            drawn = [];
          }
        }
        expect(show(written)).toEqual([...kept, ...drawn]);
      }),
    );
  });

  test.each([
    ['as wide as before', 80, 2],
    ['folded once each', 10, 4],
    ['folded where no character is torn apart', 3, 11],
  ])('goes back over the rows that the lines take on a terminal made narrower: %s', (_name, columns, rows) => {
    let now = 80;
    const writes: string[] = [];
    const screen = new Screen({ write: (text) => writes.push(text), columns: () => now });
    screen.draw([`\u001B[32m${'a'.repeat(18)}\u001B[39m`, '下載文件名b']);
    now = columns;
    screen.draw(['c']);
    expect(writes[1]).toContain(`\u001B[${rows}A\r`);
  });

  test('an equal frame writes nothing', () => {
    const writes: string[] = [];
    const screen = new Screen({ write: (text) => writes.push(text), columns: () => 80 });
    screen.draw(['a', 'b']);
    screen.draw(['a', 'b']);
    expect(writes).toHaveLength(1);
  });
});
