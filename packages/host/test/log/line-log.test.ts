/** The log as lines: levels, values on one line, and no secret in any of them. */
import { expect, test } from 'vitest';
import { createLineLog, type LogLevel } from '../../src/log/line-log.ts';

function linesOf(level: LogLevel): readonly string[] {
  const lines: string[] = [];
  const log = createLineLog(level, (line) => lines.push(line));
  log.debug('the ramp changed', { wanted: 4, host: 'a.test:80' });
  log.info('a link', { url: 'https://me:hunter2@a.test/f?token=abc', missing: undefined, none: null });
  log.warn('two\nlines', { reason: 'it said "no"\nand left', password: 'hunter2' });
  log.error('over');
  return lines;
}

test('a level shows its own lines and those above it', () => {
  expect(linesOf('debug').map((line) => line.split(' ')[0])).toEqual(['debug', 'info', 'warn', 'error']);
  expect(linesOf('warn').map((line) => line.split(' ')[0])).toEqual(['warn', 'error']);
});

test('a line tells its fields, one value each', () => {
  const [ramp, , warning] = linesOf('debug');
  expect(ramp).toBe('debug the ramp changed wanted=4 host=a.test:80');
  expect(warning).toContain(String.raw`reason="it said \"no\"\nand left" password=***`);
  expect(linesOf('debug').every((line) => !line.includes('\n'))).toBe(true);
});

test('no line has a secret', () => {
  expect(linesOf('debug').join('\n')).not.toMatch(/hunter2|abc/);
});
