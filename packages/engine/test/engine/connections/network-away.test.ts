/** That downloads wait for a network that is away, use up no attempts and go on as soon as it is back. */
import { createGate, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { createHttpPort } from '../../../src/adapters/http/index.ts';
import { SluiceError } from '../../../src/errors.ts';
import type { HttpPort } from '../../../src/ports/http.ts';
import type { Network } from '../../../src/ports/network.ts';
import { startEngine } from '../harness.ts';

/** A way out that a test can take away: without it no connection comes about. */
function stagedNetwork() {
  const real = createHttpPort();
  let isUp = true;
  let tries = 0;
  const network: Network = { hasWayOut: () => isUp };
  const http: HttpPort = {
    ...real,
    exchange(request, signal) {
      tries += 1;
      const facts = { host: 'example.com', reason: 'ENETUNREACH' };
      return isUp ? real.exchange(request, signal) : Promise.reject(new SluiceError('unreachable', 'away', { facts }));
    },
  };
  return {
    ports: { network, http },
    set: (next: boolean) => {
      isUp = next;
    },
    get tries() {
      return tries;
    },
  };
}

const sizeBytes = 400_000;
/** Without the rule the next try would come after an hour. */
const patient = { retryWaitMs: 3_600_000, retryWaitLimitMs: 3_600_000, maxAttempts: 1 };

it('F125 a download uses up no attempt, and goes on by itself once the network is back', async () => {
  await using origin = await startOrigin();
  const staged = stagedNetwork();
  await using test = await startEngine({ ports: staged.ports, settings: patient });
  origin.serve('/f.bin', { seed: 125, sizeBytes });
  staged.set(false);
  const id = await test.add(origin.urlOf('/f.bin'));
  const { state } = await test.reach(id, 'waiting');
  expect(state).toMatchObject({ attempt: 0, error: { code: 'unreachable', facts: { network: 'away' } } });
  // It is tried again and again.
  await expect.poll(() => staged.tries, { timeout: 10_000 }).toBeGreaterThan(1);
  staged.set(true);
  await test.reach(id, 'finished');
  expect(await verifySeeded(test.path('f.bin'), 125, sizeBytes)).toBeNull();
}, 20_000);

it('F125 one that fell silent with the network asks anew when it is back, before any timeout', async () => {
  await using origin = await startOrigin();
  const staged = stagedNetwork();
  const timeouts = { idleTimeoutMs: 600_000, headTimeoutMs: 600_000, stallTimeoutMs: 600_000 };
  await using test = await startEngine({ ports: staged.ports, settings: patient, timeouts });
  origin.serve('/f.bin', { seed: 125, sizeBytes });
  const never = createGate();
  origin.script('/f.bin', (_request, index) => (index === 0 ? { stall: { afterBytes: 200_000, until: never } } : {}));
  const id = await test.add(origin.urlOf('/f.bin'), { maxConnections: 1 });
  await test.until(id, ({ receivedBytes }) => receivedBytes >= 200_000);
  staged.set(false);
  // Long enough to be seen, and for the connection to be silent.
  await new Promise((resolve) => setTimeout(resolve, 3500));
  staged.set(true);
  await test.reach(id, 'finished');
  expect(await verifySeeded(test.path('f.bin'), 125, sizeBytes)).toBeNull();
  // Nothing that had come was given up.
  expect(origin.requests[1]?.range).toMatch(/^bytes=1\d{5}-|^bytes=200000-/);
}, 20_000);

it('F125 a long list does not wander into the wait: as many as could run try whether it is back', async () => {
  await using origin = await startOrigin();
  const staged = stagedNetwork();
  await using test = await startEngine({ ports: staged.ports, settings: { ...patient, maxRunning: 2 } });
  staged.set(false);
  const links = Array.from({ length: 20 }, (_, index) => ({ url: origin.urlOf(`/${index}`) }));
  await test.engine.add({ downloads: links });
  await expect.poll(() => staged.tries, { timeout: 10_000 }).toBeGreaterThan(4);
  const { downloads } = await test.engine.snapshot({});
  expect(downloads.filter(({ state }) => state.kind === 'queued').length).toBeGreaterThanOrEqual(16);
}, 20_000);
