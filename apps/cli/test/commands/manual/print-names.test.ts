/** The names that a shell offers: taken from the list, and nothing at all where there is none. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { printNames } from '../../../src/commands/manual/print-names.ts';
import { runProgram } from '../../../src/program.ts';
import { contextIn } from '../../support/cli-context.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-names-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function printed(kind: 'downloads' | 'queues' | 'cached', ...words: readonly string[]): Promise<string> {
  const { context, written } = contextIn(folder);
  await printNames(kind, words, context);
  expect(written.error).toBe('');
  return written.out;
}

test('ids and names of downloads, a name that two have left out; queues', async () => {
  const { context } = contextIn(folder);
  const links = ['http://127.0.0.1:9/a.bin', 'http://127.0.0.1:9/1/b.bin', 'http://127.0.0.1:9/2/b.bin'];
  expect(await runProgram(['add', '--paused', '--data-folder', 'list', ...links], context)).toBe(0);
  const lines = (await printed('downloads', 'sluice', 'pause', '--data-folder', '=', 'list', '')).trim().split('\n');
  expect(lines.map((line) => line.replace(/^[\da-f-]{8}\t/, 'ID\t'))).toEqual([
    'ID\ta.bin (paused)',
    'a.bin\tpaused',
    'ID\tb.bin (paused)',
    'ID\tb.bin (paused)',
  ]);
  expect(await printed('queues', 'sluice', 'queue', 'rm', '--data-folder=list')).toBe('Main\tqueue\n');
});

test('nothing is said or made where there is no list and no cache', async () => {
  expect(await printed('downloads', 'sluice', 'pause', '--data-folder', 'none')).toBe('');
  expect(await printed('cached', 'sluice', 'cache', 'remove', 'none', '')).toBe('');
  expect(await readdir(folder)).toEqual([]);
});
