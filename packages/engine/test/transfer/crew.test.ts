import { expect, it } from 'vitest';
import { SluiceError } from '../../src/errors.ts';
import { stageCrew } from './crew-stage.ts';

const kibibyte = 1024;

it('goes on when a connection that was dismissed for not paying is the last to end', async () => {
  const sizeBytes = 16 * 1024 * kibibyte;
  const stage = stageCrew({ sizeBytes, ceiling: 2 });
  const [first] = stage.bodies;
  while (stage.bodies.length < 2) {
    await first?.deliver(64 * kibibyte);
    await stage.clock.advance(25);
  }
  const second = stage.bodies[1];
  const letWrite = stage.holdWritesFrom(second?.start ?? 0);
  // The second takes from the first what it brings, until it is told to go; its last write takes its time.
  while (stage.ledger.coveredBytes === 0 || (await isTaken(second))) {
    await first?.deliver(40 * kibibyte);
    await stage.clock.advance(25);
  }
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
    const stage = stageCrew({
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
