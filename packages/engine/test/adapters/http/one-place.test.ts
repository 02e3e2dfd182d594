/** A connection that was given up is closed before another is opened in its place, by whichever backend. */
import diagnostics from 'node:diagnostics_channel';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGate } from '@sluice/testkit/origin';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AskOptions, type BackendHarness, type BackendName, startBackend } from './backend-harness.ts';
import { collectingSink } from './sinks.ts';

/** The most connections of one port that this process, or its curls, had at once. */
interface Count {
  readonly port: { readonly curl?: { readonly program: string } };
  most(): Promise<number>;
}

const cleanups: (() => Promise<void> | void)[] = [];
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-place-'));
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
  await rm(folder, { recursive: true });
});

function countSockets(): Count {
  const open = new Set<Socket>();
  let most = 0;
  const onSocket = (message: unknown): void => {
    if (typeof message !== 'object' || message === null || !('socket' in message)) return;
    const { socket } = message;
    if (!(socket instanceof Socket)) return;
    for (const one of open) if (one.destroyed) open.delete(one);
    open.add(socket);
    most = Math.max(most, open.size);
  };
  diagnostics.subscribe('net.client.socket', onSocket);
  cleanups.push(() => void diagnostics.unsubscribe('net.client.socket', onSocket));
  return { port: {}, most: async () => most };
}

/** A curl that notes how many of those that were started before it still live. */
async function countCurls(): Promise<Count> {
  const program = join(folder, 'curl');
  const log = join(folder, 'log');
  const script = `#!/bin/sh
[ "$2" = --version ] && exec curl "$@"
alive=1
for pid in $(cat '${log}.pids' 2>/dev/null); do kill -0 "$pid" 2>/dev/null && alive=$((alive + 1)); done
echo $$ >> '${log}.pids'
echo $alive >> '${log}'
exec curl "$@"
`;
  await writeFile(program, script);
  await chmod(program, 0o755);
  return {
    port: { curl: { program } },
    most: async () => Math.max(...(await readFile(log, 'utf8')).trim().split('\n').map(Number)),
  };
}

function count(backend: BackendName): Promise<Count> | Count {
  return backend === 'curl' ? countCurls() : countSockets();
}

const never = createGate();

/** What is left of an exchange in each of these ways does not count as a connection when the next one begins. */
const ways: Readonly<Record<string, (harness: BackendHarness, options: AskOptions) => Promise<unknown>>> = {
  'in the middle of its body': async (harness, options) => {
    const stopping = new AbortController();
    const response = await harness.ask('/stalls', options);
    const sink = collectingSink();
    const moving = response.body.pipeTo(sink, stopping.signal).catch(() => {});
    await harness.origin.waitFor(({ bodyBytesSent }) => bodyBytesSent >= 20_000);
    stopping.abort();
    await moving;
  },
  'before its answer': async (harness, options) => {
    const stopping = new AbortController();
    const asking = harness.ask('/silent', { ...options, signal: stopping.signal }).catch(() => {});
    await harness.origin.waitFor(({ requests }) => requests.length > 0);
    stopping.abort();
    await asking;
  },
  'with its body unread': async (harness, options) => (await harness.ask('/stalls', options)).body.discard(),
  'with a short body that is still on its way': async (harness, options) =>
    (await harness.ask('/short', options)).body.discard(),
  'with enough of its body': async (harness, options) =>
    (await harness.ask('/stalls', options)).body.pipeTo(
      collectingSink({ enoughAt: 10_000 }),
      new AbortController().signal,
    ),
  'with all of its body': (harness, options) => harness.read('/whole', options),
};

for (const backend of ['socket', 'undici', 'curl'] as const) {
  test.each(Object.keys(ways))(`by the ${backend} backend: given up %s`, async (way) => {
    const counted = await count(backend);
    await using harness = await startBackend(backend, { port: counted.port });
    harness.origin.serve('/stalls', { seed: 1, sizeBytes: 10_000_000 });
    harness.origin.script('/stalls', { stall: { afterBytes: 20_000, until: never } });
    harness.origin.serve('/short', { seed: 1, sizeBytes: 30_000 });
    harness.origin.script('/short', { stall: { afterBytes: 20_000, until: never } });
    harness.origin.script('/silent', { headGate: never });
    harness.origin.serve('/whole', { seed: 1, sizeBytes: 30_000 });
    for (let turn = 0; turn < 2; turn += 1) {
      await ways[way]?.(harness, {});
      expect((await harness.read('/whole')).bytes.length).toBe(30_000);
    }
    // What can be sent once only gets a connection of its own.
    if (backend !== 'curl') await harness.read('/whole', { method: 'POST', body: new Uint8Array(1) });
    expect(await counted.most()).toBe(1);
  });
}
