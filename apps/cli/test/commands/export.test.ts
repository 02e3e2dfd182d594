/** The list, as other programs and another Sluice read it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runProgram } from '../../src/program.ts';
import { contextIn } from '../support/cli-context.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-export-'));
  const added = await run(
    'add',
    '--paused',
    '-o',
    'a.iso',
    '--checksum',
    `md5=${'cd'.repeat(16)}`,
    '--mirror',
    'https://b.example/a.iso',
    '-H',
    'X-Key: secret1',
    '--cookie',
    'sid=secret2',
    'https://me:secret3@a.example/a.iso',
  );
  expect(added.code).toBe(0);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function run(command: string, ...words: readonly string[]) {
  const { context, written } = contextIn(folder);
  return { code: await runProgram([command, '--data-folder', 'data', ...words], context), ...written };
}

test.each([
  ['text', 'https://a.example/a.iso\n'],
  ['aria2', `https://a.example/a.iso\thttps://b.example/a.iso\n out=a.iso\n checksum=md5=${'cd'.repeat(16)}\n`],
  ['curl', "curl -L -f -g 'https://a.example/a.iso' -o 'a.iso'\n"],
])('export --format %s leaves secrets out', async (format, out) => {
  expect(await run('export', '--format', format)).toEqual({ code: 0, out, error: '' });
});

test.each(['json', 'metalink'])('export --format %s leaves secrets out too', async (format) => {
  const { out } = await run('export', '--format', format, 'a.iso');
  expect(out).toContain('https://a.example/a.iso');
  expect(out).toContain('https://b.example/a.iso');
  expect(out).not.toContain('secret');
});

test('export --with-secrets is imported whole elsewhere', async () => {
  const { out } = await run('export', '--with-secrets');
  await writeFile(join(folder, 'list.json'), out);
  const imported = await run('import', '--paused', '--data-folder', 'other', 'list.json');
  expect(imported.code).toBe(0);
  const again = await run('export', '--with-secrets', '--data-folder', 'other');
  expect(JSON.parse(again.out)).toEqual(JSON.parse(out));
  expect(out.match(/secret\d/gu)).toEqual(['secret3', 'secret1', 'secret2']);
});

test('a form is not exported without what it sends', async () => {
  await run('add', '--paused', '--data', 'a=1', 'https://c.example/form');
  const { out, error } = await run('export');
  expect(out).not.toContain('c.example');
  expect(error).toContain('Use --with-secrets');
  expect((await run('export', '--with-secrets')).out).toContain('"body": "a=1"');
});

test('what a format cannot say is told, and not sent by half', async () => {
  await run('add', '--paused', '--data', 'a=1', 'https://c.example/form');
  const { out, error } = await run('export', '--format', 'aria2', '--with-secrets', '--state', 'paused');
  expect(out).not.toContain('c.example');
  expect(error).toContain('https://c.example/form sends a form and was left out. Use --format json.');
});
