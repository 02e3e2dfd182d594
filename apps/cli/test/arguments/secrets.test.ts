/** That secrets need not stand on a command line, and that no sentence repeats one. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { askPasswords } from '../../src/arguments/ask-passwords.ts';
import { readDownloads, type RawGetOptions } from '../../src/arguments/read-downloads.ts';
import { runProgram } from '../../src/program.ts';
import { SecretLine } from '../../src/terminal/secret-line.ts';
import { contextIn } from '../support/cli-context.ts';

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-secrets-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** A terminal where each question is answered by itself. */
const terminal = { environment: {}, askSecret: async (question: string) => `answer to ${question}` };
const noTerminal = { environment: {}, askSecret: async () => null };

function downloadOf(words: RawGetOptions, folder = '/') {
  const read = readDownloads(['https://example.com/a'], words, folder);
  if (read.kind === 'usage-error') throw new Error(JSON.stringify(read.usageError));
  return read.value[0];
}

test('a name alone is asked for its password, once for the server and once for the proxy', async () => {
  expect(await askPasswords({ user: 'ann', proxyUser: 'bob' }, terminal)).toEqual({
    kind: 'ok',
    value: { user: 'ann:answer to Password for ann: ', proxyUser: 'bob:answer to Password of the proxy for bob: ' },
  });
});

test.each([{ user: 'ann:' }, { user: 'ann:pw' }, { user: '@login' }, { user: 'ann', httpPasswd: 'pw' }, {}])(
  'asks no question where there is nothing to ask: %o',
  async (words) => {
    expect(await askPasswords(words, noTerminal)).toEqual({ kind: 'ok', value: words });
  },
);

test('the environment answers before a person is asked, and never without a name', async () => {
  const environment = { SLUICE_PASSWORD: 'from the environment' };
  expect(await askPasswords({ user: 'ann' }, { ...noTerminal, environment })).toMatchObject({
    value: { user: 'ann:from the environment' },
  });
  expect(await askPasswords({}, { ...noTerminal, environment })).toEqual({ kind: 'ok', value: {} });
});

test('a login and headers come out of files, a proxy gets its login whatever is in it', () => {
  const folder = folderWith({
    login: 'ann:p:w@#/%\n',
    headers: '\uFEFFAuthorization: Bearer abc\r\n\nX-Key: k\n',
    proxy: 'bob:$&s@c:r/t\n',
  });
  const download = downloadOf(
    { user: '@login', header: ['@headers', 'X-Own: 1'], proxyUser: '@proxy', proxy: 'http://old:one@proxy:3128' },
    folder,
  );
  expect(download).toMatchObject({
    headers: { Authorization: 'Bearer abc', 'X-Key': 'k', 'X-Own': '1' },
    request: { username: 'ann', password: 'p:w@#/%' },
  });
  const proxy = new URL(download?.request?.proxy ?? '');
  expect([proxy.host, decodeURIComponent(proxy.username), decodeURIComponent(proxy.password)]).toEqual([
    'proxy:3128',
    'bob',
    '$&s@c:r/t',
  ]);
});

test('a list of links reads no file of this computer for a server', () => {
  const folder = folderWith({ secret: 'ann:pw\n', list: 'https://example.com/a\n  user=@secret\n' });
  const read = readDownloads([], { inputFile: ['list'] }, folder);
  expect(read).toMatchObject({ value: [{ request: { username: '@secret', password: '' } }] });
  writeFileSync(join(folder, 'list'), 'https://example.com/a\n  header=@secret\n');
  expect(readDownloads([], { inputFile: ['list'] }, folder)).toMatchObject({ usageError: { kind: 'header' } });
});

test.each<[string, readonly string[], string]>([
  ['no terminal to ask on', ['-u', 'ann', 'LINK'], 'Set SLUICE_PASSWORD'],
  [
    'no terminal to ask on about the proxy',
    ['--proxy', 'http://p:1', '--proxy-user', 'ann', 'LINK'],
    'SLUICE_PROXY_PASSWORD',
  ],
  ['no proxy', ['--proxy-user', 'ann:Secret7Q', 'LINK'], '--proxy-user goes with --proxy'],
  ['no such file', ['-u', '@nowhere', 'LINK'], 'Check --user'],
  ['no such file of headers', ['-H', '@nowhere', 'LINK'], 'Check --header'],
  ['F134 a mistyped login', ['http://me:Secret7Q#Secret7Q@host/'], 'write # as %23'],
  ['F134 a mistyped mirror', ['--mirror', 'http://me:Secret7Q?Secret7Q@host/', 'LINK'], 'write ? as %3F'],
  ['F134 a broken link', ['http://me:Secret7Q@ho st/a'], 'This is not a link'],
  ['F134 no scheme', ['me:Secret7Q@host/a'], 'cannot fetch this kind of link'],
  ['F134 a login in the wrong option', ['-c', 'http://me:Secret7Q@host/', 'LINK'], 'a whole number'],
  ['F134 a login in the name', ['-o', 'http://me:Secret7Q@host/', 'LINK'], 'without folders'],
  ['F134 a mistyped option', ['--pasword=Secret7Q', 'LINK'], "unknown option '--pasword'"],
  ['F134 a proxy that is none', ['--proxy', 'http://me:Secret7Q#@host', 'LINK'], 'the proxy is not an http'],
])('%s is said, and no secret with it', async (_, words, sentence) => {
  for (const output of [[], ['--json'], ['--dry-run']]) {
    const { context, written } = contextIn(folderWith({}));
    const typed = words.map((word) => (word === 'LINK' ? 'http://127.0.0.1:1/a' : word));
    const exitCode = await runProgram(['get', ...output, ...typed], context);
    const said = written.out + written.error;
    expect(exitCode).toBe(2);
    if (!output.includes('--json')) expect(said).toContain(sentence);
    expect(said).not.toContain('Secret7Q');
  }
});

test('F134 a link without the command is not repeated with its login', async () => {
  const { context, written } = contextIn(folderWith({}));
  await runProgram(['http://me:Secret7Q@host/'], context);
  expect(written.error).toContain('sluice get http://host/');
  expect(written.error).not.toContain('Secret7Q');
});

test('what is typed unseen can be put right, and ends with the line', () => {
  const line = new SecretLine();
  expect(line.take('wrong\u0015pä')).toBe('typing');
  expect(line.take('x\u007fß\r')).toBe('done');
  expect(line.take('more')).toBe('done');
  expect(line.text).toBe('päß');
  expect(new SecretLine().take('abc\u0003')).toBe('interrupted');
});

test('Ctrl+D ends a line that is begun, and gives up one that is not', () => {
  const line = new SecretLine();
  expect([line.take('pw\u0004'), line.text]).toEqual(['done', 'pw']);
  expect(new SecretLine().take('\u0004')).toBe('ended');
});

test('arrow and function keys are no part of a password, in whatever pieces they come', () => {
  const line = new SecretLine();
  for (const piece of ['a', '\u001b', '[', 'A', '\u001bOP', '\u001b[15~', 'b', '\u001b[1;5', 'Cc', '\r'])
    line.take(piece);
  expect(line.text).toBe('abc');
});
