/** Files of other programs, from the words of the command to the list. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readDownloads } from '../../src/arguments/read-downloads.ts';
import { runProgram } from '../../src/program.ts';
import { contextIn } from '../support/cli-context.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-import-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const meta4 = `<metalink xmlns="urn:ietf:params:xml:ns:metalink"><file name="../a.iso"><size>1048576</size>
<hash type="sha-256">${'ab'.repeat(32)}</hash><url priority="2">https://b.example/a.iso</url>
<url priority="1">https://me:pw@a.example/a.iso</url><metaurl mediatype="torrent">x</metaurl></file></metalink>`;

async function run(...words: readonly string[]) {
  const { context, written } = contextIn(folder);
  return { code: await runProgram(words, context), ...written };
}

test('import --list says what is in a file and what is not understood, without secrets', async () => {
  await writeFile(join(folder, 'x.meta4'), meta4);
  const { code, out, error } = await run('import', '--list', 'x.meta4');
  expect(code).toBe(0);
  expect(out).toBe('https://a.example/a.iso  name a.iso  1.0 MiB  1 mirror  sha-256\n');
  expect(error).toBe('sluice: x.meta4:3: metaurl is not taken along.\nsluice: x.meta4: 1 link, 1 not understood\n');
});

test('import puts what it found on the list, with its mirrors, and says what it left', async () => {
  await writeFile(join(folder, 'x.meta4'), meta4);
  await writeFile(join(folder, 'c.txt'), "curl 'https://c.example/c' -k -H 'cookie: a=1' -o ../../c.zip");
  const added = await run('import', '--paused', '--data-folder', 'data', '--dir', 'files', 'x.meta4', 'c.txt');
  expect(added.code).toBe(0);
  expect(added.error).toContain('c.txt:1: -k is not taken along.');
  const { out } = await run('ls', '--json', '--data-folder', 'data');
  const lines = out.split('\n').filter((line) => line.includes('"kind":"download"'));
  const listed = lines.map(
    (line) => (JSON.parse(line) as { download: { url: string; name: string; folder: string } }).download,
  );
  expect(listed.map(({ name }) => name)).toEqual(['a.iso', 'c.zip']);
  expect(listed.map(({ folder: place }) => place)).toEqual([join(folder, 'files'), join(folder, 'files')]);
});

test('import of a file without links ends as wrong use, and of none that is there too', async () => {
  await writeFile(join(folder, 'x.har'), '{"log":');
  const damaged = await run('import', 'x.har');
  expect(damaged.code).toBe(2);
  expect(damaged.error).toContain('x.har:1: the file is damaged or ends too early.');
  expect(damaged.error).toContain('There is no link in what was read.');
  expect(await run('import', 'none.har')).toMatchObject({
    code: 2,
    error: expect.stringContaining('none.har') as string,
  });
});

test('add -i takes the same files, beside the options of the command', async () => {
  await writeFile(join(folder, 'x.meta4'), meta4);
  const unread: string[] = [];
  const read = readDownloads(
    ['https://c.example/c'],
    {
      inputFile: ['x.meta4'],
      header: ['X-A: b'],
      referer: 'https://r.example/',
      onUnread: (path, { line }) => unread.push(`${path}:${line}`),
    },
    folder,
  );
  expect(read).toMatchObject({
    value: [
      { url: 'https://c.example/c', headers: { 'X-A': 'b' } },
      {
        url: 'https://me:pw@a.example/a.iso',
        name: 'a.iso',
        headers: { 'X-A': 'b' },
        request: { referer: 'https://r.example/', mirrors: ['https://b.example/a.iso'] },
      },
    ],
  });
  expect(unread).toEqual(['x.meta4:3']);
});
