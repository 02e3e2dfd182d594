/** Completion and the manual page, made of the real description of all commands. */
import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCommandTree } from '../../../src/commands/manual/command-tree.ts';
import { completionFor } from '../../../src/commands/manual/completion.ts';
import { manPage } from '../../../src/commands/manual/man-page.ts';
import { describeProgram } from '../../../src/program.ts';
import { contextIn } from '../../support/cli-context.ts';

function program() {
  return describeProgram({ context: contextIn('/work').context, end: () => {}, accept: () => null });
}

const run = promisify(execFile);
/** Asks as bash does, and prints what it would offer. */
const asking = join(import.meta.dirname, 'ask-bash.sh');

describe('the command tree', () => {
  test('holds every command and option, what each takes, and what help says below', () => {
    const tree = readCommandTree(program());
    expect(tree.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['', 'get', 'ls', 'config set', 'queue schedule']),
    );
    const get = tree.find(({ path }) => path === 'get');
    const option = (name: string) => get?.options.find(({ names }) => names.includes(name));
    expect(option('--dir')).toMatchObject({ names: ['-d', '--dir'], value: { kind: 'folder' }, isAlias: false });
    expect(option('--input-file')).toMatchObject({ value: { kind: 'file' }, isRepeatable: true });
    expect(option('--split')).toMatchObject({ isAlias: true });
    expect(option('--no-glob')).toMatchObject({ value: null });
    expect(get?.afterHelp).toMatch(/^The same command resumes[^]*Examples:\n {2}sluice get/);
  });
});

describe('completion for bash', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-completion-'));
    await mkdir(join(folder, 'some folder'));
    await writeFile(join(folder, 'some file.txt'), '');
    await writeFile(join(folder, 'completion'), completionFor('bash', program()));
  });

  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  /** What bash offers behind these words, the last of which is being typed. */
  async function offered(...words: readonly string[]): Promise<readonly string[]> {
    const { stdout } = await run('bash', ['--norc', asking, 'sluice', ...words], {
      cwd: folder,
      env: { ...process.env, PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}` },
    });
    return stdout.split('\n').filter((line) => line !== '');
  }

  test.each<[readonly string[], readonly string[]]>([
    [['pa'], ['pause']],
    [
      ['config', ''],
      ['list', 'get', 'set', 'reset'],
    ],
    [['get', '--max-c'], ['--max-concurrent-downloads']],
    [['config', 'set', '--data'], ['--data-folder']],
    [['get', '-d', ''], ['some folder']],
    [['get', '--dir', '=', 'some'], ['some folder']],
    [
      ['get', '-i', ''],
      ['some file.txt', 'some folder', 'completion'],
    ],
    [['adopt', ''], ['some folder']],
    [['add', '--priority', 'h'], ['high']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['get', '-o', ''], []],
    [['get', 'http://a/'], []],
  ])('%j: %j', async (words, expected) => {
    expect((await offered(...words)).toSorted()).toEqual(expected.toSorted());
  });

  test('offers names that the list knows, as words that nothing runs', async () => {
    await mkdir(join(folder, 'bin'));
    const said = "printf '%s\\n' \"$1 $2\" 'b c.bin\tpaused' 'b$(touch ran)\tqueue'\n";
    await writeFile(join(folder, 'bin/sluice'), `#!/bin/sh\n${said}`, { mode: 0o755 });
    for (const words of [
      ['pause', 'b'],
      ['queue', 'rm', 'b'],
      ['add', '--queue', 'b'],
      ['cache', 'remove', 'some folder', 'b'],
    ]) {
      expect(await offered(...words)).toEqual(['b c.bin', 'b$(touch ran)']);
    }
    expect(await offered('pause', 'complete')).toEqual(['complete downloads']);
    expect(await offered('cache', 'remove', 'some')).toEqual(['some folder']);
    expect(await readdir(folder)).not.toContain('ran');
  });

  test("other programs' names are not offered", async () => {
    const options = await offered('get', '--');
    expect(options).toContain('--out');
    expect(options).not.toContain('--output');
  });
});

test.each(['bash', 'zsh', 'fish'] as const)('the script for %s names every command and no alias', (shell) => {
  const script = completionFor(shell, program());
  for (const { path } of readCommandTree(program())) expect(script).toContain(path.split(' ').at(-1));
  expect(script).not.toContain('max-connection-per-server');
});

describe('the manual page', () => {
  const page = manPage(readCommandTree(program()), '1.2.3');

  test('tells of every command and option, other names included, and of every exit code', () => {
    const plain = page.replaceAll('\\-', '-');
    for (const { path, options } of readCommandTree(program())) {
      if (path !== '') expect(plain).toContain(`.SS sluice ${path}`);
      for (const { flags } of options) expect(plain).toContain(flags);
    }
    expect(plain).toMatch(/\.SH EXIT STATUS[^]*\.B 130\ninterrupted/);
  });

  test('no line is taken for a request of roff that is none', () => {
    const known = /^\.(?:TH|SH|SS|TP|PP|B|BR|br|RS|RE|nf|fi)\b/;
    for (const line of page.split('\n')) if (/^[.']/.test(line)) expect(line).toMatch(known);
    expect(page.replaceAll(/\\[e&-]/g, '')).not.toContain('\\');
  });
});
