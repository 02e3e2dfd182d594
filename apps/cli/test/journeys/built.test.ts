/** The command as it is built: everything it needs is in the bundle, and the web interface lies beside it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildCommand, buildInterface, builtCommand } from '../../scripts/build.ts';
import { workplace } from '../support/sluice.ts';

beforeAll(() => {
  buildCommand();
  buildInterface();
}, 180_000);

describe('the built command', () => {
  test('fetches a file', async () => {
    await using origin = await startOrigin();
    await using place = await workplace(builtCommand);
    origin.serve('/file.bin', { seed: 5, sizeBytes: 3_000_000 });
    const sluice = place.start('get', origin.urlOf('/file.bin'));
    expect(await sluice.ended).toBe(0);
    expect(await verifySeeded(join(place.folder, 'file.bin'), 5, 3_000_000)).toBeNull();
  });

  test('serves the interface it was built with, on a list kept on disk', async () => {
    await using place = await workplace(builtCommand);
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
