import { SluiceError } from '@sluice/contract';
import { createGate, inTurn, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { createHttpPort } from '../../../src/adapters/http/index.ts';
import type { HttpPort } from '../../../src/ports/http.ts';
import { haltedAtBytes, haltedSeed, haltHalfway, wholeBytes } from '../halted.ts';
import { startEngine, type TestEngine, overlapBytes } from '../harness.ts';
import { createSkippingClock, type SkippingClock } from '../skipping-clock.ts';

const minuteMs = 60 * 1000;
const hourMs = 60 * minuteMs;

async function msToRetry(test: TestEngine, id: string): Promise<number> {
  const { state } = await test.reach(id, 'waiting');
  if (state.kind !== 'waiting') throw new Error(`not waiting: ${state.kind}`);
  return state.retryAtMs - test.ports.clock.wallMs();
}

/** The network as it is while `broken` gives no code. */
function breakable(broken: () => SluiceError['code'] | null): HttpPort & { readonly tries: number } {
  const real = createHttpPort();
  let tries = 0;
  return {
    ...real,
    get tries() {
      return tries;
    },
    exchange(request, signal) {
      tries += 1;
      const code = broken();
      return code === null ? real.exchange(request, signal) : Promise.reject(new SluiceError(code));
    },
  };
}

it.each([
  ['seconds', '120', 100_000, 130_000],
  ['a date', new Date(Date.now() + 600_000).toUTCString(), 500_000, 610_000],
  ['an eternity, which is cut', '1000000000', hourMs - 60_000, hourMs + 60_000],
  ['garbage, which is passed over', 'soon', 0, 60_000],
] as const)('F23 waits as long as Retry-After asks: %s', async (_what, value, leastMs, mostMs) => {
  await using origin = await startOrigin();
  const clock = createSkippingClock();
  await using test = await startEngine({ ports: { clock } });
  origin.serve('/file.bin', { seed: 80, sizeBytes: wholeBytes });
  origin.script('/file.bin', inTurn({ status: 429, headers: { 'Retry-After': value } }, {}));
  const id = await test.add(origin.urlOf('/file.bin'));
  const waitMs = await msToRetry(test, id);
  expect(waitMs).toBeGreaterThan(leastMs);
  expect(waitMs).toBeLessThan(mostMs);
  expect(origin.requests).toHaveLength(1);
  clock.skip(waitMs + 1);
  await test.reach(id, 'finished');
  expect(await verifySeeded(test.path('file.bin'), 80, wholeBytes)).toBeNull();
});

it('F31 a server that is down is waited for, and the download goes on where it was', async () => {
  const first = await startOrigin();
  await using test = await startEngine();
  const { id } = await haltHalfway(test, first);
  await first.close();
  await test.engine.resume({ ids: [id] });
  const waiting = await test.reach(id, 'waiting');
  expect(waiting).toMatchObject({ receivedBytes: haltedAtBytes, state: { error: { code: 'connect-refused' } } });
  await using second = await startOrigin({ port: first.port });
  second.serve('/file.bin', { seed: haltedSeed, sizeBytes: wholeBytes });
  await test.engine.retry({ ids: [id] });
  await test.reach(id, 'finished');
  expect(second.requests[0]?.asked?.start).toBe(haltedAtBytes - overlapBytes);
  expect(await verifySeeded(test.path('file.bin'), haltedSeed, wholeBytes)).toBeNull();
});

it('F31 a server that accepts and never answers is given up for a while', async () => {
  const acceptGate = createGate();
  await using origin = await startOrigin({ acceptGate });
  await using test = await startEngine({ timeouts: { headTimeoutMs: 200, idleTimeoutMs: 200 } });
  const id = await test.add(origin.urlOf('/file.bin'));
  const { state } = await test.reach(id, 'waiting');
  expect(state).toMatchObject({ error: { code: expect.stringMatching(/timeout|stalled/) } });
});

it('F32 a name that cannot be looked up now is tried again; one that does not exist is not', async () => {
  await using origin = await startOrigin();
  let code: SluiceError['code'] | null = 'dns-temporary';
  const http = breakable(() => code);
  const clock = createSkippingClock();
  await using test = await startEngine({ ports: { http, clock } });
  origin.serve('/file.bin', { seed: 81, sizeBytes: wholeBytes });
  const id = await test.add(origin.urlOf('/file.bin'));
  const waitMs = await msToRetry(test, id);
  code = null;
  clock.skip(waitMs + 1);
  await test.reach(id, 'finished');
  code = 'dns-not-found';
  const missing = await test.add(origin.urlOf('/other.bin'));
  const { state } = await test.until(missing, ({ state: { kind } }) => kind === 'failed');
  expect(state).toMatchObject({ error: { code: 'dns-not-found' } });
});

async function loseNetwork(clock: SkippingClock, test: TestEngine, id: string): Promise<void> {
  const untilMs = clock.monotonicMs() + hourMs;
  while (clock.monotonicMs() < untilMs) {
    const waitMs = await msToRetry(test, id);
    const attempt = (await test.view(id)).state;
    clock.skip(waitMs + 1);
    await test.until(id, ({ state }) => JSON.stringify(state) !== JSON.stringify(attempt));
  }
}

it('F36 a network that is gone for an hour costs a few tries, no attempt, and no byte', async () => {
  await using origin = await startOrigin();
  let isDown = false;
  const http = breakable(() => (isDown ? 'unreachable' : null));
  const clock = createSkippingClock();
  await using test = await startEngine({ ports: { http, clock } });
  const { id } = await haltHalfway(test, origin);
  isDown = true;
  const before = http.tries;
  await test.engine.resume({ ids: [id] });
  await loseNetwork(clock, test, id);
  expect(http.tries - before).toBeLessThan(40);
  const waitMs = await msToRetry(test, id);
  isDown = false;
  clock.skip(waitMs + 1);
  await test.reach(id, 'finished');
  expect(origin.requests.at(-1)?.asked?.start).toBe(haltedAtBytes - overlapBytes);
  expect(await verifySeeded(test.path('file.bin'), haltedSeed, wholeBytes)).toBeNull();
});

it.each([
  ['the wall clock goes back a year', (clock: SkippingClock) => clock.jumpWall(-365 * 24 * hourMs)],
  ['the wall clock goes on a year', (clock: SkippingClock) => clock.jumpWall(365 * 24 * hourMs)],
  ['the machine sleeps for a night', (clock: SkippingClock) => clock.skip(8 * hourMs)],
])('F37 %s in the middle: no speed below zero, and the file is right', async (_what, jump) => {
  await using origin = await startOrigin();
  const clock = createSkippingClock();
  await using test = await startEngine({ ports: { clock } });
  const sizeBytes = 3 * 1024 * 1024;
  origin.serve('/file.bin', { seed: 82, sizeBytes, bytesPerSecond: 2 * 1024 * 1024 });
  const speeds: number[] = [];
  test.engine.subscribe(({ changed = [] }) => {
    for (const { speedBytesPerSecond } of changed) speeds.push(speedBytesPerSecond ?? 0);
  });
  const id = await test.add(origin.urlOf('/file.bin'));
  await test.until(id, ({ receivedBytes }) => receivedBytes > 500_000);
  jump(clock);
  await test.reach(id, 'finished');
  expect(Math.min(...speeds)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...speeds)).toBeLessThan(Number.POSITIVE_INFINITY);
  expect(await verifySeeded(test.path('file.bin'), 82, sizeBytes)).toBeNull();
});

it('F37 a wait is not prolonged by a clock that is set back', async () => {
  await using origin = await startOrigin();
  const clock = createSkippingClock();
  await using test = await startEngine({ ports: { clock } });
  origin.serve('/file.bin', { seed: 83, sizeBytes: wholeBytes });
  origin.script('/file.bin', inTurn({ status: 503, headers: { 'Retry-After': '600' } }, {}));
  const id = await test.add(origin.urlOf('/file.bin'));
  await msToRetry(test, id);
  clock.jumpWall(-24 * hourMs);
  // Less than the server asked for, and as long as it takes to look at the clock again.
  clock.skip(minuteMs);
  await test.reach(id, 'finished');
});

it('F23 a cooldown delays the downloads of its host alone, and few of them are touched', async () => {
  await using busy = await startOrigin();
  await using free = await startOrigin();
  const clock = createSkippingClock();
  await using test = await startEngine({ ports: { clock }, settings: { maxRunning: 2 } });
  const script = inTurn({ status: 429, headers: { 'Retry-After': '600' } }, {});
  const paths = Array.from({ length: 8 }, (_, index) => `/${String(index)}.bin`);
  for (const path of paths) busy.serve(path, { seed: 84, sizeBytes: 1000 });
  busy.script('/0.bin', script);
  free.serve('/free.bin', { seed: 85, sizeBytes: 1000 });
  const first = await test.add(busy.urlOf('/0.bin'));
  const waitMs = await msToRetry(test, first);
  const others = await Promise.all(paths.slice(1).map((path) => test.add(busy.urlOf(path))));
  await test.reach(await test.add(free.urlOf('/free.bin')), 'finished');
  const kinds = await Promise.all([first, ...others].map(async (id) => (await test.view(id)).state.kind));
  expect(kinds.filter((kind) => kind === 'waiting')).toHaveLength(2);
  expect(kinds.filter((kind) => kind === 'queued')).toHaveLength(6);
  expect(busy.requests).toHaveLength(1);
  clock.skip(waitMs + 1);
  for (const id of [first, ...others]) await test.reach(id, 'finished');
});
