/** Queues and the place of downloads in them, each command a process of its own. */
import type { DownloadView, QueueView } from '@sluice/contract';
import { type Origin, startOrigin } from '@sluice/testkit/origin';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Workplace, workplace } from '../support/sluice.ts';

let origin: Origin;
let place: Workplace;

beforeEach(async () => {
  origin = await startOrigin();
  place = await workplace();
  for (const seed of [1, 2]) origin.serve(`/${seed}.bin`, { seed, sizeBytes: 10_000 });
});

afterEach(async () => {
  await place[Symbol.asyncDispose]();
  await origin.close();
});

async function run(...words: readonly string[]) {
  const sluice = place.start(...words, '--json');
  const code = await sluice.ended;
  const lines = sluice.lines();
  const queues = lines.flatMap((line): QueueView[] => (line.kind === 'queue' ? [line.queue] : []));
  const downloads = lines.flatMap((line): DownloadView[] => (line.kind === 'download' ? [line.download] : []));
  return { code, queues, downloads };
}

/** A day that is neither today nor about to be. */
function hoursNotNow(): string {
  const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
  return `${days[(new Date().getDay() + 3) % 7] ?? ''} 10:00-11:00`;
}

test('a queue is made, changed, paused, used and removed', async () => {
  expect(
    (await run('queue', 'add', 'Night', '--max-running', '2', '--hours', 'daily 01:00-06:00')).queues,
  ).toMatchObject([
    { name: 'Night', maxRunning: 2, schedule: [{ days: [0, 1, 2, 3, 4, 5, 6], fromMinute: 60, untilMinute: 360 }] },
  ]);
  expect((await run('queue', 'schedule', 'night', 'sat,sun 00:00-24:00')).queues).toMatchObject([
    { schedule: [{ days: [0, 6], fromMinute: 0, untilMinute: 1440 }] },
  ]);
  await run('queue', 'set', 'Night', '--hours', 'always', '--limit-rate', '1M', '--name', 'Later');
  expect((await run('queue', 'pause', 'Later')).queues).toMatchObject([
    { name: 'Later', isPaused: true, schedule: [], speedLimitBytesPerSecond: 1_048_576 },
  ]);
  const added = await run('add', '--queue', 'Later', '-d', 'files', '--priority', 'low', origin.urlOf('/1.bin'));
  const [later] = (await run('queue', 'ls')).queues.slice(1);
  expect(added.downloads).toMatchObject([{ queueId: later?.id, priority: 'low' }]);
  expect((await run('queue', 'rm', 'Main')).code).toBe(2);
  expect((await run('queue', 'rm', 'Later')).code).toBe(0);
  expect((await run('ls')).downloads).toMatchObject([{ queueId: 'main', priority: 'low', state: { kind: 'queued' } }]);
});

test('what waits for its queue is told to', async () => {
  await run('queue', 'add', 'Night');
  await run('queue', 'pause', 'Night');
  const added = place.start('add', '--queue', 'Night', origin.urlOf('/1.bin'));
  expect(await added.ended).toBe(0);
  expect(added.written.error).toContain('The queue Night is paused; resume it: sluice queue resume Night');
  await run('queue', 'resume', 'Night');
  await run('queue', 'schedule', 'Night', hoursNotNow());
  const resumed = place.start('resume', '1.bin');
  expect(await resumed.ended).toBe(0);
  expect(resumed.written.error).toMatch(/The queue Night is closed until \w{3},? \d\d:\d\d\.\n/);
  const elsewhere = place.start('add', origin.urlOf('/2.bin'));
  expect(await elsewhere.ended).toBe(0);
  expect(elsewhere.written.error).not.toContain('The queue');
});

test('set changes what holds for a download, and only for those that are meant', async () => {
  await run('queue', 'add', 'Night');
  await run('add', '--paused', origin.urlOf('/1.bin'), origin.urlOf('/2.bin'));
  const words = ['--priority', 'high', '--queue', 'Night', '-c', '3', '--max-download-limit', '1K'];
  const changed = await run('set', '1.bin', ...words);
  expect(changed.downloads).toMatchObject([
    { name: '1.bin', priority: 'high', maxConnections: 3, speedLimitBytesPerSecond: 1024 },
  ]);
  expect((await run('ls')).downloads[1]).toMatchObject({ priority: 'normal', queueId: 'main', maxConnections: 0 });
});
