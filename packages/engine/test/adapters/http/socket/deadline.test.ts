import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createDeadline } from '../../../../src/adapters/http/deadline.ts';

/** The whole process stands still, as when it is stopped or the machine sleeps. */
function standStill(durationMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, durationMs);
}

test('F124 a deadline that passed while the process stood still waits for what has arrived meanwhile', async () => {
  let passed = 0;
  const deadline = createDeadline(50, () => (passed += 1));
  standStill(400);
  // Timers run first, then sockets are read.
  await turn();
  expect(passed).toBe(0);
  deadline.restart();
  standStill(400);
  await turn();
  expect(passed).toBe(0);
  deadline.stop();
});

test('F124 a silence that goes on is believed all the same', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  createDeadline(20, resolve);
  standStill(400);
  await promise;
});

test('F124 a process that is late every time comes to an end', async () => {
  let passed = 0;
  createDeadline(1, () => (passed += 1));
  for (let round = 0; round < 10 && passed === 0; round += 1) {
    standStill(250);
    await delay(1);
  }
  expect(passed).toBe(1);
});
