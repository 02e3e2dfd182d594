import { expect, it } from 'vitest';
import { SluiceError } from '../../../src/errors.ts';
import { stageConnections } from './connections-stage.ts';

const kibibyte = 1024;

it('gives back the place of a connection that was taken back only when its body has ended', async () => {
  const sizeBytes = 16 * 1024 * kibibyte;
  const closing = Promise.withResolvers<void>();
  const stage = stageConnections({ sizeBytes, ceiling: 2, closed: closing.promise });
  const [first] = stage.bodies;
  let deliveredBytes = 0;
  const deliver = async (count: number): Promise<void> => {
    await first?.deliver(count);
    deliveredBytes += count;
    await stage.clock.advance(25);
  };
  while (stage.bodies.length < 2) await deliver(64 * kibibyte);
  const second = stage.bodies[1];
  // The second brings nothing, and the first goes on into what was to be its part.
  await deliver((second?.start ?? 0) - deliveredBytes + 64 * kibibyte);
  expect([second?.isOver, stage.taken(), stage.bodies.length]).toEqual([true, 1, 2]);
  for (let tick = 0; tick < 40; tick += 1) await deliver(kibibyte);
  expect([stage.taken(), stage.bodies.length]).toEqual([1, 2]);
  closing.resolve();
  await deliver(kibibyte);
  await deliver(kibibyte);
  // Its place is free, and perhaps taken anew.
  expect(stage.taken()).toBe(stage.bodies.length - 2);
  while (stage.ledger.coveredBytes < sizeBytes) {
    for (const body of stage.bodies) if (!body.isOver) await body.deliver(256 * kibibyte);
    await stage.clock.advance(25);
  }
  await stage.done;
});

it('goes on when a connection that was dismissed for not paying is the last to end', async () => {
  const sizeBytes = 16 * 1024 * kibibyte;
  const stage = stageConnections({ sizeBytes, ceiling: 2 });
  const [first] = stage.bodies;
  while (stage.bodies.length < 2) {
    await first?.deliver(64 * kibibyte);
    await stage.clock.advance(25);
  }
  const second = stage.bodies[1];
  const letWrite = stage.blockWritesFrom(second?.start ?? 0);
  // The second takes from the first what it brings, until it is told to go; its last write takes its time.
  while (stage.ledger.coveredBytes === 0 || (await isTaken(second))) {
    await first?.deliver(40 * kibibyte);
    await stage.clock.advance(25);
  }
  expect(stage.log.of('connections are dismissed')).toMatchObject([
    { dismissed: 1, open: 2, wanted: 1, because: 'more-than-wanted' },
  ]);
  await first?.deliver(sizeBytes);
  await stage.clock.advance(25);
  expect(stage.bodies).toHaveLength(2);
  letWrite();
  await stage.clock.advance(25);
  expect(stage.bodies).toHaveLength(3);
  await stage.bodies[2]?.deliver(sizeBytes);
  await stage.done;
  expect(stage.ledger.coveredBytes).toBe(sizeBytes);

  async function isTaken(body: typeof first): Promise<boolean> {
    await body?.deliver(24 * kibibyte);
    return body?.isOver !== true;
  }
});

it.each(['too-many-files', 'file-busy'] as const)(
  'F127 %s costs the further connection that met it, and the host is not blamed',
  async (code) => {
    const sizeBytes = 64 * 1024 * kibibyte;
    let refused = 0;
    const stage = stageConnections({
      sizeBytes,
      ceiling: 8,
      refuse: (open) => {
        if (open < 2) return null;
        refused += 1;
        return new SluiceError(code);
      },
    });
    let isOver = false;
    const done = stage.done.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      for (const body of stage.bodies) if (!body.isOver) await body.deliver(64 * kibibyte);
      await stage.clock.advance(25);
    }
    await done;
    expect(stage.ledger.coveredBytes).toBe(sizeBytes);
    expect(refused).toBeGreaterThan(0);
    // After the first it is known how many there is room for.
    expect(refused).toBeLessThan(8);
    expect(stage.lessons).toEqual([]);
  },
);
