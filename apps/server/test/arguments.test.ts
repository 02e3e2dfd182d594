/** Tests how the server's command line is read, as a table. */
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { type ServeOptions, helpText, readArguments } from '../src/main/arguments.ts';

const defaults: ServeOptions = {
  urls: [],
  port: null,
  address: '127.0.0.1',
  allowRemote: false,
  downloadFolder: null,
  dataFolder: null,
  openBrowser: true,
};

test.each<[argv: string[], options: Partial<ServeOptions>]>([
  [[], {}],
  [['http://h.test/a', 'http://h.test/b'], { urls: ['http://h.test/a', 'http://h.test/b'] }],
  [['--port', '0'], { port: 0 }],
  [['--port=65535'], { port: 65_535 }],
  [['--address', '::1', '--allow-remote'], { address: '::1', allowRemote: true }],
  [['--folder', 'in', '--data', '/var/sluice'], { downloadFolder: resolve('in'), dataFolder: resolve('/var/sluice') }],
  [['--no-open', 'http://h.test/a'], { openBrowser: false, urls: ['http://h.test/a'] }],
  [['--', '--odd'], { urls: ['--odd'] }],
])('%j', (argv, options) => {
  expect(readArguments(argv)).toEqual({ kind: 'serve', options: { ...defaults, ...options } });
});

test.each<[argv: string[], sentence: string]>([
  [['--port', 'x'], '--port wants a number from 0 to 65535, not "x".'],
  [['--port', '65536'], '--port wants a number from 0 to 65535, not "65536".'],
  [['--port', ''], '--port wants a number from 0 to 65535, not "".'],
  [['--prot', '1'], '--prot'],
  [['--folder'], '--folder'],
  [['--no-open=yes'], '--no-open'],
])('%j is wrong', (argv, sentence) => {
  expect(readArguments(argv)).toMatchObject({ kind: 'wrong', sentence: expect.stringContaining(sentence) });
});

test.each<[argv: string[], action: unknown]>([
  [['--sessions'], 'list'],
  [['--link'], 'link'],
  [['--revoke', 'abc'], { revoke: 'abc' }],
])('%j is about sessions', (argv, action) => {
  expect(readArguments([...argv, '--data', '/d'])).toEqual({ kind: 'sessions', action, dataFolder: resolve('/d') });
});

test('help and version come first, and help names every option', () => {
  expect(readArguments(['--help', '--port', 'x']).kind).toBe('help');
  expect(readArguments(['-h']).kind).toBe('help');
  expect(readArguments(['--version']).kind).toBe('version');
  for (const option of [
    '--folder',
    '--data',
    '--port',
    '--address',
    '--allow-remote',
    '--no-open',
    '--link',
    '--sessions',
    '--revoke',
  ])
    expect(helpText).toContain(option);
  expect(helpText).toContain('travels in clear');
});
