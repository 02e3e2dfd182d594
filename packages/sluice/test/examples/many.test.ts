import { execFile } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startOrigin } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = join(import.meta.dirname, '../../examples');

/** Runs an example as a person would: plain Node, and the package as it was built. */
async function run(name: string, ...words: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, `${name}.js`), ...words]);
  return stdout;
}

it('many/many-links', async () => {
  await using origin = await startOrigin();
  origin.serve('/x/a.bin', { seed: 1, sizeBytes: 1000 });
  const [there, none] = [origin.urlOf('/x/a.bin'), origin.urlOf('/none')];
  const home = temporaryFolder();
  expect((await run('many/many-links', home, there, none)).split('\n')).toEqual([
    `downloaded: ${there} (1000 bytes, 1 tries)`,
    `failed: ${none} (0 bytes, 1 tries) the server answered 404`,
    '',
  ]);
  expect(readdirSync(home, { recursive: true, encoding: 'utf8' }).toSorted()).toEqual(['none', 'x', 'x/a.bin']);
  expect(await run('many/many-links', home, there)).toBe(`present: ${there} (1000 bytes, 0 tries)\n`);
});

it('many/as-they-finish', async () => {
  await using origin = await startOrigin();
  origin.serve('/1', { body: 'one' });
  const home = temporaryFolder();
  const said = await run('many/as-they-finish', home, `First=${origin.urlOf('/1')}`);
  expect(said).toBe(`First: downloaded (${join(home, 'First.txt')})\n`);
});

it('upload-a-form', async () => {
  await using origin = await startOrigin();
  origin.serve('/convert', { body: 'the answer' });
  const home = temporaryFolder();
  const notes = join(home, 'notes.txt');
  writeFileSync(notes, 'written down');
  expect(await run('upload-a-form', origin.urlOf('/convert'), notes, join(home, 'answer'))).toBe(
    '10 bytes came back\n',
  );
  const [request] = origin.requests;
  expect(request).toMatchObject({ method: 'POST', query: 'convert=pdf' });
  expect(request?.body.toString()).toContain('filename="notes.txt"\r\nContent-Type: text/plain\r\n\r\nwritten down');
});

it('use-a-cache', async () => {
  await using origin = await startOrigin();
  origin.serve('/a', { body: 'hello', headers: { 'Cache-Control': 'max-age=60' } });
  const lines = (await run('use-a-cache', temporaryFolder(), origin.urlOf('/a'))).split('\n');
  expect(lines[2]).toMatch(/^it is in .*[0-9a-f]{64}$/);
  expect(lines.toSpliced(2, 1)).toEqual(['fetched: hello', 'fresh: hello', '5 max-age=60', 'sound', '']);
  expect(origin.requests).toHaveLength(1);
});

it('many/from-a-config', async () => {
  await using origin = await startOrigin();
  origin.serve('/a', { body: 'hello' });
  const home = temporaryFolder();
  const config = join(home, 'sluice.toml');
  writeFileSync(config, `[bulk]\nstrategy = "lenient"\nhome = ${JSON.stringify(home)}\n`);
  expect(await run('many/from-a-config', config, origin.urlOf('/a'))).toBe('downloaded: 5 bytes\n');
  writeFileSync(config, '[bulk]\nconcurency = 2\n');
  const failing = run('many/from-a-config', config);
  const sentence = `${config}: there is no key bulk.concurency: did you mean concurrency?\n`;
  await expect(failing).rejects.toMatchObject({ code: 2, stdout: sentence });
});

it('in-a-script', async () => {
  await using origin = await startOrigin();
  origin.serve('/a', { body: 'hello' });
  const file = join(temporaryFolder(), 'a');
  expect(await run('in-a-script', origin.urlOf('/a'), file)).toBe(`5\n${file}\n`);
});

it('many/keep-within-a-size', async () => {
  await using origin = await startOrigin();
  const urls = ['1.zip', '2.zip', '3.zip'].map((name) => origin.urlOf(`/${name}`));
  for (const url of urls) origin.serve(new URL(url).pathname, { seed: 1, sizeBytes: 1000 });
  const home = temporaryFolder();
  writeFileSync(join(home, 'own.txt'), 'stays');
  expect(await run('many/keep-within-a-size', home, '1500', ...urls)).toBe('1 files stay\n');
  expect(readdirSync(home).toSorted()).toEqual(['3.zip', 'own.txt']);
});
