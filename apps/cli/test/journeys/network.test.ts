/** A link that goes down in the middle of `sluice get`, in a network namespace of the test's own. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { nameFor, networkNamespaces } from '@sluice/testkit/requirements';
import { expect, test } from 'vitest';

const program = join(import.meta.dirname, '../../src/main.ts');
const sizeBytes = 24 * 1024 * 1024;

function ip(...words: readonly string[]): void {
  execFileSync('ip', words, { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** A namespace that reaches this one over a link that can be taken down. */
function namespaceWithLink() {
  const name = `sl${process.pid % 100_000}`;
  const [outside, inside] = [`${name}o`, `${name}i`];
  const third = process.pid % 200;
  ip('netns', 'add', name);
  ip('link', 'add', outside, 'type', 'veth', 'peer', 'name', inside, 'netns', name);
  ip('addr', 'add', `10.213.${third}.1/24`, 'dev', outside);
  ip('link', 'set', outside, 'up');
  ip('-n', name, 'addr', 'add', `10.213.${third}.2/24`, 'dev', inside);
  ip('-n', name, 'link', 'set', inside, 'up');
  return {
    name,
    address: `10.213.${third}.1`,
    set: (state: 'up' | 'down') => ip('-n', name, 'link', 'set', inside, state),
    [Symbol.dispose]: () => ip('netns', 'del', name),
  };
}

test.skipIf(!networkNamespaces.isMet)(
  nameFor(
    'F125 get waits for a link that is down, says so, and goes on within seconds of its return',
    networkNamespaces,
  ),
  async () => {
    using link = namespaceWithLink();
    await using origin = await startOrigin({ address: link.address });
    const folder = await mkdtemp(join(tmpdir(), 'sluice-network-'));
    origin.serve('/f.bin', { seed: 125, sizeBytes, bytesPerSecond: 3 * 1024 * 1024 });
    // A silence that is borne for a second, and not one attempt to spare.
    const words = ['get', '--json', '--retries', '0', '-t', '1', '--connect-timeout', '1', origin.urlOf('/f.bin')];
    const child = spawn('ip', ['netns', 'exec', link.name, process.execPath, program, ...words], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
    try {
      await expect.poll(() => origin.bodyBytesSent, { timeout: 20_000 }).toBeGreaterThan(4 * 1024 * 1024);
      link.set('down');
      await expect.poll(() => out, { timeout: 20_000 }).toContain('"network":"away"');
      expect(out).toContain('"waitEndsAtMs"');
      // Longer than all the attempts that it has.
      await delay(8000);
      const before = origin.requests.length;
      link.set('up');
      await expect.poll(() => origin.requests.length, { timeout: 6000 }).toBeGreaterThan(before);
      expect(await exited).toBe(0);
      expect(await verifySeeded(join(folder, 'f.bin'), 125, sizeBytes)).toBeNull();
    } finally {
      child.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    }
  },
  60_000,
);

test.skipIf(!networkNamespaces.isMet)(
  nameFor('F125 get ends once it has waited as long as it was told, and keeps what has arrived', networkNamespaces),
  async () => {
    using link = namespaceWithLink();
    const folder = await mkdtemp(join(tmpdir(), 'sluice-network-'));
    link.set('down');
    const words = ['get', '--wait-network', '4', `http://${link.address}:81/f.bin`];
    const child = spawn('ip', ['netns', 'exec', link.name, process.execPath, program, ...words], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (out += chunk.toString()));
    try {
      expect(await new Promise<number | null>((resolve) => child.once('exit', resolve))).toBe(3);
      expect(out).toContain('waiting for the network, for');
      expect(out).toContain('[unreachable]');
    } finally {
      child.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    }
  },
  60_000,
);
