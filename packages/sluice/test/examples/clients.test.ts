import { execFile } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { seededBytes, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = join(import.meta.dirname, '../../examples');
const sizeBytes = 300_000;
const seed = 52;

/** Runs an example as a person would: plain Node, and the package as it was built. */
async function run(name: string, ...words: readonly string[]): Promise<{ readonly out: string; readonly err: string }> {
  const env = { ...process.env, EXAMPLE_PASSWORD: 'pw' };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [join(folder, `${name}.js`), ...words], {
    env,
  });
  return { out: stdout, err: stderr };
}

it('pause-and-resume', async () => {
  await using origin = await startOrigin();
  origin.serve('/file.bin', { seed, sizeBytes });
  const file = join(temporaryFolder(), 'file.bin');
  const { out } = await run('pause-and-resume', origin.urlOf('/file.bin'), file);
  expect(out).toBe(`paused\nfinished\n${file}: ${sizeBytes} bytes\n`);
  expect(await verifySeeded(file, seed, sizeBytes)).toBeNull();
});

it('one-client', async () => {
  await using origin = await startOrigin();
  const login = `Basic ${Buffer.from('me:pw').toString('base64')}`;
  origin.script('/sign-in', ({ headers }) =>
    headers['authorization'] === login
      ? { body: 'welcome', headers: { 'Set-Cookie': 'session=abc; Path=/' } }
      : { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="x"' } },
  );
  origin.script('/notes', ({ headers }) => ({ body: `${headers['cookie']} ${headers['accept']}` }));
  expect((await run('one-client', origin.urlOf('/sign-in'), origin.urlOf('/notes'))).out).toBe(
    'session=abc text/plain\n',
  );
});

it('follow-the-way', async () => {
  await using origin = await startOrigin();
  origin.script('/from', (_request, index) =>
    index === 0 ? { status: 503 } : { status: 302, headers: { Location: '/file.bin' } },
  );
  origin.serve('/file.bin', { seed, sizeBytes });
  const home = temporaryFolder();
  const { out } = await run('follow-the-way', origin.urlOf('/from'), home);
  expect(out).toBe(`try 1 failed: http-unavailable\n302 to /file.bin\nit is called file.bin\n${sizeBytes} bytes\n`);
  expect(readdirSync(home)).toEqual(['file.bin']);
  const [first] = origin.requests;
  expect(first?.headers['x-signature']).toBe(
    createHmac('sha256', 'key')
      .update(`GET ${origin.urlOf('/from')}`)
      .digest('hex'),
  );
});

it('digests-of-a-file', async () => {
  await using origin = await startOrigin();
  origin.serve('/file.bin', { seed, sizeBytes });
  const { out } = await run('digests-of-a-file', origin.urlOf('/file.bin'), join(temporaryFolder(), 'file.bin'));
  const hex = (algorithm: string) =>
    createHash(algorithm)
      .update(seededBytes(seed, 0, sizeBytes))
      .digest('hex');
  expect(out).toBe(`sha256  ${hex('sha256')}\nmd5  ${hex('md5')}\n`);
});

it('end-of-a-file', async () => {
  await using origin = await startOrigin();
  origin.serve('/file.bin', { seed, sizeBytes });
  const end = Buffer.from(seededBytes(seed, sizeBytes - 20, 20)).toString('hex');
  expect((await run('end-of-a-file', origin.urlOf('/file.bin'), '20')).out).toBe(`${end}\n`);
  expect(origin.requests.map(({ headers }) => headers['range'])).toEqual(['bytes=-20']);
});

it('many/with-a-bar', async () => {
  await using origin = await startOrigin();
  const urls = ['a', 'b'].map((name) => origin.urlOf(`/${name}.bin`));
  for (const url of urls) origin.serve(new URL(url).pathname, { seed, sizeBytes });
  const { out, err } = await run('many/with-a-bar', temporaryFolder(), ...urls);
  expect(out).toBe('downloaded downloaded\n');
  expect(err.trimEnd().split('\n').at(-1)).toMatch(/^\[#+\] 100 %  600\.0 kB of 600\.0 kB.*2\/2 done/);
});

it('has a test for each example', () => {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => name.replace(/\.js$/, '').replaceAll('\\', '/'));
  const tests = readdirSync(import.meta.dirname).map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'));
  expect(names.filter((name) => !tests.some((text) => text.includes(`it('${name}'`)))).toEqual([]);
});
