import type { ScheduleWindow } from '@sluice/contract';
import { createFakeClock } from '@sluice/testkit/clock';
import { expect, it } from 'vitest';
import { createMemoryRecords } from '../../src/adapters/records/memory-records.ts';
import { Queues } from '../../src/queue/queues.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const startMs = Date.UTC(2030, 0, 1, 12);
const nights: ScheduleWindow[] = [{ days: [0, 1, 2, 3, 4, 5, 6], fromMinute: 22 * 60, untilMinute: 6 * 60 }];

function setUp() {
  const clock = createFakeClock(startMs);
  const records = createMemoryRecords();
  let changes = 0;
  const parts = { clock, records, onChange: () => (changes += 1) };
  const queues = new Queues(parts);
  const { id } = queues.save({ name: 'Night', schedule: nights });
  changes = 0;
  return { clock, queues, id, parts, changes: () => changes, refresh: () => queues.refresh(clock.wallMs()) };
}

it('opens and closes by the wall clock, tells so once each time, and says when to look again', async () => {
  const { clock, queues, id, changes, refresh } = setUp();
  expect([queues.mayRun(id), queues.mayRun('main')]).toEqual([false, true]);
  expect(refresh()).toBe(startMs + 10 * hourMs);
  await clock.advance(10 * hourMs);
  expect(refresh()).toBe(startMs + 18 * hourMs);
  expect([queues.mayRun(id), changes()]).toEqual([true, 1]);
  await clock.advance(hourMs);
  expect(refresh()).toBe(startMs + 18 * hourMs);
  expect(changes()).toBe(1);
});

it.each([
  ['on to the next night', 11 * hourMs, true, 18 * hourMs],
  ['on over many nights, to a day', 30 * dayMs, false, 30 * dayMs + 10 * hourMs],
  ['back to the night before', -8 * hourMs, true, -6 * hourMs],
  ['back by days, to the same hour', -5 * dayMs, false, -5 * dayMs + 10 * hourMs],
])('follows a clock that is set %s', (_, byMs, isOpen, nextMs) => {
  const { clock, queues, id, refresh } = setUp();
  clock.jumpWall(byMs);
  expect(refresh()).toBe(startMs + nextMs);
  expect(queues.mayRun(id)).toBe(isOpen);
  expect(queues.views()).toMatchObject([{ changesAtMs: null }, { isOpen, changesAtMs: startMs + nextMs }]);
});

it('follows the user into another time zone at the next look', () => {
  const { clock, queues, id, changes, refresh } = setUp();
  clock.utcOffsetMinutes = () => 11 * 60;
  expect(refresh()).toBe(startMs + 7 * hourMs);
  expect([queues.mayRun(id), changes()]).toEqual([true, 1]);
});

it('does not search for the next change at each look', () => {
  const { clock, queues } = setUp();
  let asked = 0;
  clock.utcOffsetMinutes = () => {
    asked += 1;
    return 0;
  };
  for (let count = 0; count < 100; count += 1) queues.refresh(clock.wallMs());
  expect(asked).toBe(200);
});

it('is closed while paused, whatever the hour, and keeps what a change does not name', () => {
  const { clock, queues, id, parts } = setUp();
  clock.jumpWall(12 * hourMs);
  queues.refresh(clock.wallMs());
  expect(queues.mayRun(id)).toBe(true);
  const saved = queues.save({ id, isPaused: true, maxRunning: 2, speedLimitBytesPerSecond: 5000 });
  expect(saved).toMatchObject({ name: 'Night', schedule: nights, isOpen: true, isPaused: true });
  expect([queues.mayRun(id), queues.maxRunning(id), queues.limiter(id).bytesPerSecond]).toEqual([false, 2, 5000]);
  expect(queues.maxRunning('main')).toBe(Number.POSITIVE_INFINITY);
  expect(new Queues(parts).views()).toEqual(queues.views());
});

it('keeps its order and its limiter when changed, and its place in the records when the main one is changed', () => {
  const { queues, id, parts } = setUp();
  const limiter = queues.limiter(id);
  queues.save({ name: 'Third' });
  queues.save({ id, name: 'Second' });
  queues.save({ id: 'main', name: 'First' });
  for (const seen of [queues, new Queues(parts)]) {
    expect(seen.views().map(({ name }) => name)).toEqual(['First', 'Second', 'Third']);
  }
  expect(queues.limiter(id)).toBe(limiter);
  queues.remove(id);
  for (const seen of [queues, new Queues(parts)]) {
    expect(seen.views().map(({ name }) => name)).toEqual(['First', 'Third']);
  }
  // Who still names it is in the main one.
  expect(queues.mayRun(id)).toBe(true);
});
