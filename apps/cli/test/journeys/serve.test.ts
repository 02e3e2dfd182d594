/** `sluice serve` as a process: the interface it hands out, what is in its way, and how it stops. */
import { mkdir, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Sluice, type Workplace, workplace } from '../support/sluice.ts';

let place: Workplace;

beforeEach(async () => {
  place = await workplace();
  await mkdir(join(place.folder, 'ui'));
  await writeFile(join(place.folder, 'ui/index.html'), '<!doctype html><title>Sluice</title>');
});

afterEach(async () => {
  await place[Symbol.asyncDispose]();
});

function serve(...words: readonly string[]): Sluice {
  return place.start('serve', '--ui', 'ui', '--data', 'data', '--folder', 'files', ...words);
}

async function urlOf(sluice: Sluice): Promise<URL> {
  const pattern = /^Sluice is at (http:\/\/\S+)$/m;
  await sluice.until(() => pattern.test(sluice.written.out));
  return new URL(pattern.exec(sluice.written.out)?.[1] ?? '');
}

describe('sluice serve', () => {
  test('serves the interface to who has the link, and stops in order', async () => {
    const sluice = serve('--port', '0');
    const url = await urlOf(sluice);
    expect(url.hostname).toBe('127.0.0.1');
    const answer = await fetch(url, { redirect: 'manual' });
    expect(answer.status).toBeLessThan(400);
    const stranger = await fetch(new URL('/', url));
    expect(await stranger.text()).not.toContain('<title>Sluice</title>');
    sluice.process.kill('SIGINT');
    expect(await sluice.ended).toBe(0);
  });

  test('--json tells where it is and how it ended', async () => {
    const sluice = serve('--port', '0', '--json');
    await sluice.until(() => sluice.written.out.includes('\n'));
    const [line] = sluice.lines();
    expect(line).toMatchObject({ kind: 'serving' });
    expect((await fetch(line?.kind === 'serving' ? line.url : '', { redirect: 'manual' })).status).toBeLessThan(400);
    sluice.process.kill('SIGTERM');
    expect(await sluice.ended).toBe(0);
    expect(sluice.lines().at(-1)).toEqual({ kind: 'end', exitCode: 0 });
    expect(sluice.written.error).toBe('');
  });

  test('a port that is taken: 10, and which one', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const sluice = serve('--port', String(port));
    expect(await sluice.ended).toBe(10);
    expect(sluice.written.error).toContain(
      `Another program uses the port ${port} [port-in-use]. Choose another with --port`,
    );
    other.close();
    await once(other, 'close');
  });

  test('a data folder that another one uses: 10', async () => {
    const first = serve('--port', '0');
    await urlOf(first);
    const second = serve('--port', '0');
    expect(await second.ended).toBe(10);
    expect(second.written.error).toContain('[host-busy]');
    first.process.kill('SIGTERM');
    expect(await first.ended).toBe(0);
  });

  test.each([
    [['--port', 'http'], 'from 0 to 65535'],
    [['--ui', 'nowhere'], 'no index.html. Check --ui.'],
  ])('%j is wrong use: 2', async (words, expected) => {
    const sluice = serve(...words);
    expect(await sluice.ended).toBe(2);
    expect(sluice.written.error).toContain(expected);
  });
});
