/** Stopping a `sluice get` in every way a process can be stopped, and going on with the same command. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createGate, type Gate, type Origin, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { lastDownload, type Sluice, type Workplace, workplace } from '../support/sluice.ts';

const size = 12_000_001;
const half = 6_000_000;
const path = '/file.bin';

let origin: Origin;
let place: Workplace;
let gate: Gate;

beforeEach(async () => {
  origin = await startOrigin();
  place = await workplace();
  gate = createGate();
  origin.serve(path, { seed: 9, sizeBytes: size });
  // The server falls silent half way, so that the stop always comes in the middle.
  origin.script(path, { stall: { afterBytes: half, until: gate } });
});

afterEach(async () => {
  gate.open();
  await place[Symbol.asyncDispose]();
  await origin.close();
});

/** One connection, so that what is there is the first half. */
function get(...words: readonly string[]): Sluice {
  return place.start('get', '-c', '1', ...words, origin.urlOf(path));
}

async function stoppedHalfWay(): Promise<Sluice> {
  const sluice = get('--json');
  await sluice.until(() => (lastDownload(sluice)?.receivedBytes ?? 0) >= half);
  return sluice;
}

async function goesOn(): Promise<void> {
  origin.script(path, null);
  const before = origin.requestsOf(path).length;
  expect(await get().ended).toBe(0);
  expect((await readdir(place.folder)).filter((name) => !name.startsWith('.'))).toEqual(['file.bin']);
  expect(await verifySeeded(join(place.folder, 'file.bin'), 9, size)).toBeNull();
  const asked = origin.requestsOf(path).slice(before);
  expect(asked.length).toBeGreaterThan(0);
  // Nothing that was on record is fetched again but the little that proves it is the same file.
  const fetchedBytes = asked.reduce((sum, { bodyBytesSent }) => sum + bodyBytesSent, 0);
  expect(fetchedBytes).toBeLessThan(size - half + 2_000_000);
}

describe('sluice get', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s keeps what has arrived, says how to go on, and ends with 130',
    async (signal) => {
      const sluice = await stoppedHalfWay();
      sluice.process.kill(signal);
      expect(await sluice.ended).toBe(130);
      expect(sluice.lines().at(-1)).toEqual({ kind: 'end', exitCode: 130 });
      await goesOn();
    },
  );

  test('says on a terminal and in a log what is kept', async () => {
    const sluice = get();
    await sluice.until(() => sluice.written.out.includes('file.bin:'));
    sluice.process.kill('SIGINT');
    expect(await sluice.ended).toBe(130);
    expect(sluice.written.error).toMatch(
      /^sluice: Stopped\. [\d.]+ .*B of one unfinished download are kept; run the same command again to resume\.\n$/,
    );
  });

  test('a stop before the first answer ends with 130 too', async () => {
    origin.script(path, { headGate: gate });
    const sluice = get('--json');
    await origin.waitFor(({ requests }) => requests.length > 0);
    sluice.process.kill('SIGINT');
    expect(await sluice.ended).toBe(130);
    gate.open();
    origin.script(path, null);
    expect(await get().ended).toBe(0);
    expect(await verifySeeded(join(place.folder, 'file.bin'), 9, size)).toBeNull();
  });

  test('a second signal ends it at once', async () => {
    const sluice = await stoppedHalfWay();
    sluice.process.kill('SIGINT');
    sluice.process.kill('SIGINT');
    expect(await sluice.ended).toBe(130);
    await expectRightFile();
  });

  test('kill -9 loses nothing that was on record', async () => {
    const sluice = get('--json');
    const journal = join(place.folder, 'file.bin.sluice-journal');
    await sluice.until(() => (lastDownload(sluice)?.receivedBytes ?? 0) >= half);
    await grows(journal);
    sluice.process.kill('SIGKILL');
    expect(await sluice.ended).toBeNull();
    await expectRightFile();
  });

  test('kill -9 at any moment leaves the right file in the end', async () => {
    for (let round = 0; round < 4; round += 1) {
      const sluice = get('--json');
      const bytes = (half / 4) * round;
      await sluice.until(() => (lastDownload(sluice)?.receivedBytes ?? 0) >= bytes);
      sluice.process.kill('SIGKILL');
      await sluice.ended;
    }
    await expectRightFile();
  });

  test('a reader that goes away is a stop: what has arrived is kept', async () => {
    const sluice = get('--json');
    await sluice.until(() => (lastDownload(sluice)?.receivedBytes ?? 0) >= half / 2);
    sluice.process.stdout?.destroy();
    gate.open();
    expect([0, 130]).toContain(await sluice.ended);
    await expectRightFile();
  });

  test('a file that changed on the server meanwhile is not mixed', async () => {
    const sluice = await stoppedHalfWay();
    sluice.process.kill('SIGINT');
    await sluice.ended;
    origin.script(path, null);
    origin.serve(path, { seed: 10, sizeBytes: size });
    const again = get();
    const code = await again.ended;
    const finished = join(place.folder, 'file.bin');
    if (code === 0) expect(await verifySeeded(finished, 10, size)).toBeNull();
    else {
      expect(code).toBe(9);
      await expect(stat(finished)).rejects.toMatchObject({ code: 'ENOENT' });
    }
  });
});

/** Resumes as often as it takes; a stop may have come after the last byte. */
async function expectRightFile(): Promise<void> {
  origin.script(path, null);
  const finished = join(place.folder, 'file.bin');
  if ((await stat(finished).catch(() => null)) === null) expect(await get().ended).toBe(0);
  expect(await verifySeeded(finished, 9, size)).toBeNull();
}

/** Waits until the record beside the partial has been added to. */
async function grows(journal: string): Promise<void> {
  const { size: before } = await stat(journal);
  await vi.waitFor(async () => expect((await stat(journal)).size).toBeGreaterThan(before), {
    timeout: 8_000,
    interval: 50,
  });
}
