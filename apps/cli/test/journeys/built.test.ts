/** The command as it is built: everything it needs is in the bundle, and the web interface lies beside it. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildInterface, builtCommand, builtManual } from '../../scripts/build.ts';
import { workplace } from '../support/sluice.ts';

beforeAll(() => {
  buildInterface();
}, 180_000);

/** Writes down every module that is loaded. */
const listLoaded = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  registerHooks({ load(url, context, next) { process.stderr.write('loaded ' + url + '\\n'); return next(url, context); } });
`)}`;

describe('the built command', () => {
  test('fetches a file', async () => {
    await using origin = await startOrigin();
    await using place = await workplace();
    origin.serve('/file.bin', { seed: 5, sizeBytes: 3_000_000 });
    const sluice = place.start('get', origin.urlOf('/file.bin'));
    expect(await sluice.ended).toBe(0);
    expect(await verifySeeded(join(place.folder, 'file.bin'), 5, 3_000_000)).toBeNull();
  });

  test('has a manual page beside it', async () => {
    expect(await readFile(builtManual, 'utf8')).toMatch(/^\.TH SLUICE 1 [^]*\.SS sluice get\n/);
  });

  test('loads neither a database nor a web server to fetch a file', async () => {
    await using origin = await startOrigin();
    await using place = await workplace();
    origin.serve('/file.bin', { seed: 6, sizeBytes: 1_000 });
    const words = ['--import', listLoaded, builtCommand, 'get', '-q', origin.urlOf('/file.bin')];
    const env = { PATH: process.env['PATH'], HOME: place.folder };
    const { stderr } = await promisify(execFile)(process.execPath, words, { cwd: place.folder, env });
    const loaded = stderr.split('\n').flatMap((line) => (line.startsWith('loaded ') ? basename(line) : []));
    expect(loaded).toEqual(expect.arrayContaining(['sluice.js', 'chunk-run-get.js']));
    expect(loaded.filter((name) => /better-sqlite3|durable|local|serve/.test(name))).toEqual([]);
  });

  test('serves the interface it was built with, on a list kept on disk', async () => {
    await using place = await workplace();
    const sluice = place.start('serve', '--port', '0', '--data', 'data', '--folder', 'files');
    await sluice.until(() => sluice.written.out.includes('\n'));
    const url = /http:\/\/\S+/.exec(sluice.written.out)?.[0] ?? '';
    const entered = await fetch(url, { redirect: 'manual' });
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await fetch(new URL('/', url), { headers: { cookie } });
    expect(await page.text()).toMatch(/<script type="module"[^>]* src="\/assets\/[^"]+\.js"/);
    sluice.process.kill('SIGTERM');
    expect(await sluice.ended).toBe(0);
  });

  test('runs from a clone with the paths meant from where they were typed', async () => {
    await using origin = await startOrigin();
    await using place = await workplace();
    origin.serve('/file.bin', { seed: 6, sizeBytes: 1_000 });
    const run = join(import.meta.dirname, '../../scripts/run.ts');
    const words = [run, 'get', '-d', 'below', origin.urlOf('/file.bin')];
    const env = { ...process.env, INIT_CWD: place.folder };
    const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: import.meta.dirname, env });
    expect(stdout).toBe('saved below/file.bin  1000 B\n');
    expect(await verifySeeded(join(place.folder, 'below/file.bin'), 6, 1_000)).toBeNull();
  });
});
