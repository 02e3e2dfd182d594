import { expect, test } from 'vitest';
import { parseCost } from '../../src/process/measured-process.ts';
import { parseFigures } from '../../src/process/run-inside.ts';

test('a line of GNU time becomes a cost', () => {
  expect(parseCost('0.25 0.50 2048\n', 1.5)).toEqual({ wallSeconds: 1.5, cpuSeconds: 0.75, peakBytes: 2048 * 1024 });
});

test('what time says before its figures is passed over', () => {
  expect(parseCost('Command exited with non-zero status 22\n0.01 0.02 300\n', 1).peakBytes).toBe(300 * 1024);
});

test.each(['', 'nothing', '1 2'])('%j is no cost', (text) => {
  expect(() => parseCost(text, 1)).toThrow(/GNU time/);
});

test('the last line holds the figures', () => {
  expect(parseFigures('warming up\n{"p99":1.5}\n')).toEqual({ p99: 1.5 });
});

test.each(['', 'null', '{"p99":"soon"}'])('%j holds no figures', (text) => {
  expect(() => parseFigures(text)).toThrow();
});
