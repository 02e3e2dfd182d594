/** A curl whose Sluice was killed ends with it, also while its server is silent. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createGate, startOrigin } from '@sluice/testkit/origin';
import { expect, test } from 'vitest';
import { OrphanGuard } from '../../../../src/adapters/http/curl/orphan-guard.ts';

const script = join(import.meta.dirname, 'orphaned-child.ts');
const never = createGate();

test.runIf(process.platform !== 'win32').each([
  ['in the middle of a body', { stall: { afterBytes: 20_000, until: never } }],
  ['before its answer', { headGate: never }],
] as const)('kill -9 while the server is silent %s: curl goes at once', async (_when, answer) => {
  await using origin = await startOrigin();
  origin.serve('/file.bin', { seed: 1, sizeBytes: 10_000_000 });
  origin.script('/file.bin', answer);
  const child = spawn(process.execPath, [script, origin.urlOf('/file.bin')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit');
  await origin.waitFor(({ requests, bodyBytesSent }) =>
    'stall' in answer ? bodyBytesSent >= 20_000 : requests.length === 1,
  );
  expect(origin.connections.open).toBe(1);
  child.kill('SIGKILL');
  await exited;
  // Only curl holds it. By its own limits it would wait for minutes.
  await origin.waitFor(({ connections }) => connections.open === 0);
});

test.runIf(process.platform !== 'win32')('what has ended, or was never told of, is left alone', async () => {
  const [watched, ended, stranger] = [sleeper(), sleeper(), sleeper()];
  const guarding = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { OrphanGuard } from ${JSON.stringify(join(import.meta.dirname, '../../../../src/adapters/http/curl/orphan-guard.ts'))};
       const guard = new OrphanGuard();
       guard.watch(${watched.pid}, new Promise(() => {}));
       guard.watch(${ended.pid}, Promise.resolve());
       setTimeout(() => console.log('told'), 0);
       setInterval(() => {}, 60_000);`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const gone = once(watched, 'exit');
  await once(guarding.stdout, 'data');
  guarding.kill('SIGKILL');
  expect((await gone)[1]).toBe('SIGKILL');
  for (const one of [ended, stranger]) {
    expect([one.exitCode, one.signalCode]).toEqual([null, null]);
    one.kill('SIGKILL');
  }
});

test('without a shell, or without a process, nothing is guarded and nothing fails', () => {
  expect(() => new OrphanGuard().watch(undefined, Promise.resolve())).not.toThrow();
});

function sleeper(): ChildProcess {
  return spawn('sleep', ['60'], { stdio: 'ignore' });
}
