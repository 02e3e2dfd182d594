/** The situations of the fault list, as `pnpm origin --play` serves them to any program. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startOrigin } from '../../src/origin/index.ts';
import { playPath, plays, playsOf } from '../../src/plays/index.ts';

const command = join(import.meta.dirname, '../../scripts/origin.ts');

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function runToEnd(...options: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [command, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [exitCode]] = await Promise.all([
    child.stdout.setEncoding('utf8').toArray(),
    child.stderr.setEncoding('utf8').toArray(),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { exitCode, stdout: stdout.join(''), stderr: stderr.join('') };
}

describe('the plays', () => {
  test('have names of their own within a fault', () => {
    const names = plays.map(({ fault, name }) => `${fault} ${name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test('are found by their fault, in any case, and by nothing else', () => {
    expect(playsOf('f67').length).toBeGreaterThan(0);
    expect(playsOf('F67').every(({ fault }) => fault === 'F67')).toBe(true);
    expect(playsOf('F6')).toEqual([]);
  });

  test.each(plays.map((play) => [`${play.fault} ${play.name}`, play] as const))('%s: stages', async (_name, play) => {
    await using origin = await startOrigin();
    play.stage(origin, { sizeBytes: 100_000 });
    const asked = fetch(origin.urlOf(playPath), { redirect: 'manual', signal: AbortSignal.timeout(20_000) });
    // A head that fetch cannot parse is an answer as well: what counts is that the play answers the path.
    await asked.then(
      (response) => expect(response.status).not.toBe(404),
      () => expect(origin.requestsOf(playPath).length).toBeGreaterThan(0),
    );
  });
});

describe('pnpm origin', () => {
  test('lists every play', async () => {
    const { exitCode, stdout } = await runToEnd();
    expect(exitCode).toBe(0);
    for (const { fault, name } of plays) expect(stdout).toContain(`${fault.padEnd(5)} ${name}`);
  });

  test.each([
    [['--play', 'F0'], "No play is called 'F0'"],
    [['--play', 'F67', '--size', 'much'], "--size 'much' is not a size"],
    [['--play', 'F67', '--rate', 'x'], "--rate 'x' is not a rate"],
    [['--plya', 'F67'], '--plya'],
  ])('refuses %j with the usage', async (options, sentence) => {
    const { exitCode, stderr } = await runToEnd(...options);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(sentence);
    expect(stderr).toContain('Usage: pnpm origin');
  });

  test('serves a play until it is interrupted', async () => {
    const child = spawn(process.execPath, [command, '--play', 'F67', '--size', '1000', '--rate', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const closed = once(child, 'close');
    const lines = createInterface(child.stdout);
    const [url] = (await once(lines, 'line')) as [string];
    const whole = await fetch(url);
    const bytes = new Uint8Array(await whole.arrayBuffer());
    const part = await fetch(url, { headers: { Range: 'bytes=100-199' } });
    expect(bytes.length).toBe(1000);
    expect(part.headers.get('content-range')).toBe('bytes 100-199/1000');
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(bytes.subarray(0, 100));
    child.kill('SIGTERM');
    await closed;
    await expect(fetch(url)).rejects.toThrow();
  });
});
