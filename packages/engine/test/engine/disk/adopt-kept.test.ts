/** F135: a partial that lost its journal is taken over with what its link proves of it, and with nothing else. */
import { readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { createGate, type Origin, seededBytes, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createHttpPort } from '../../../src/adapters/http/index.ts';
import { backends } from '../../faults/ways.ts';
import { startEngine, temporaryFolder, type TestEngine } from '../harness.ts';

const sizeBytes = 4_000_001;
const half = 2_000_000;

let origin: Origin;
let folder: string;
beforeEach(async () => {
  origin = await startOrigin();
  origin.serve('/a.bin', { seed: 1, sizeBytes });
  folder = await temporaryFolder();
});
afterEach(async () => {
  await origin.close();
  await rm(folder, { recursive: true, force: true });
});

function path(name: string): string {
  return join(folder, name);
}

function whole() {
  return seededBytes(1, 0, sizeBytes);
}

/** As a run leaves it that kept apart what no journal vouched for: full size, the second half a hole. */
async function leaveKept(name = 'a.bin.sluice-kept', bytes: Uint8Array = seededBytes(1, 0, half)): Promise<void> {
  await writeFile(path(name), bytes);
  await truncate(path(name), sizeBytes);
}

async function startAnother(backend: (typeof backends)[number] = 'socket'): Promise<TestEngine> {
  const test = await startEngine({ folder, ports: { http: createHttpPort({ backend }) } });
  onTestFinished(() => test.engine.close());
  return test;
}

async function adopted(test: TestEngine, name: string, more: { readonly checksum?: string } = {}) {
  // One connection, so that the count of what was sent says what was asked for.
  const download = { url: origin.urlOf('/a.bin'), maxConnections: 1, ...more };
  return (await test.engine.adopt({ folder, name, download, start: false })).results;
}

function fetchedSince(before: number): number {
  return origin.requests.slice(before).reduce((sum, { bodyBytesSent }) => sum + bodyBytesSent, 0);
}

describe.each(backends)('F135 by %s', (backend) => {
  it('what was kept apart goes on from what the link proves of it', async () => {
    await leaveKept();
    const test = await startAnother(backend);
    const results = await adopted(test, 'a.bin.sluice-kept');
    expect(results).toEqual([{ kind: 'adopted', fileName: 'a.bin', id: expect.any(String) }]);
    expect(await test.names()).toEqual(['a.bin.sluice', 'a.bin.sluice-journal']);
    const [view] = (await test.engine.snapshot({})).downloads;
    expect(view).toMatchObject({ sizeBytes, receivedBytes: half, state: { kind: 'paused' } });
    const before = origin.requests.length;
    await test.engine.resume({ ids: [view?.id ?? ''] });
    await test.reach(view?.id ?? '', 'finished');
    expect(await verifySeeded(path('a.bin'), 1, sizeBytes)).toBeNull();
    expect(fetchedSince(before)).toBeLessThan(sizeBytes - half + 500_000);
  });

  it('holes in it are fetched again, wherever they end', async () => {
    const bytes = whole();
    // Between writers that did not start at a block, shorter than a page, and in the middle of one.
    for (const [start, end] of [
      [300_001, 300_031],
      [1_000_000, 1_100_003],
      [1_900_000, sizeBytes],
    ] as const)
      bytes.fill(0, start, end);
    await leaveKept('a.bin.sluice-kept', bytes);
    const test = await startAnother(backend);
    await adopted(test, 'a.bin.sluice-kept');
    const [view] = (await test.engine.snapshot({})).downloads;
    await test.engine.resume({ ids: [view?.id ?? ''] });
    await test.reach(view?.id ?? '', 'finished');
    expect(await verifySeeded(path('a.bin'), 1, sizeBytes)).toBeNull();
  });

  it('of another version nothing is taken, and nothing on disk is touched', async () => {
    await leaveKept('a.bin.sluice-kept', seededBytes(2, 0, half));
    const before = await readFile(path('a.bin.sluice-kept'));
    const test = await startAnother(backend);
    expect(await adopted(test, 'a.bin.sluice-kept')).toMatchObject([
      { kind: 'rejected', fileName: 'a.bin.sluice-kept', error: { code: 'resource-changed' } },
    ]);
    expect(await test.names()).toEqual(['a.bin.sluice-kept']);
    expect(before.equals(await readFile(path('a.bin.sluice-kept')))).toBe(true);
    expect((await test.engine.snapshot({})).downloads).toEqual([]);
  });
});

describe('F135', () => {
  it('a stretch that differs is fetched again, another stays', async () => {
    const bytes = whole().subarray(0, half);
    bytes.fill(0, 900_000, 1_000_000);
    bytes.set(seededBytes(2, 1_000_000, half - 1_000_000), 1_000_000);
    await leaveKept('a.bin.sluice-kept', bytes);
    const test = await startAnother();
    await adopted(test, 'a.bin.sluice-kept');
    const [view] = (await test.engine.snapshot({})).downloads;
    expect(view).toMatchObject({ receivedBytes: 900_000 });
    await test.engine.resume({ ids: [view?.id ?? ''] });
    await test.reach(view?.id ?? '', 'finished');
    expect(await verifySeeded(path('a.bin'), 1, sizeBytes)).toBeNull();
  });

  it.each(['deleted', 'zeroed'])(
    'a partial whose journal was %s is taken over before a run sets it apart',
    async (how) => {
      await leaveKept('a.bin.sluice');
      if (how === 'zeroed') await writeFile(path('a.bin.sluice-journal'), new Uint8Array(400));
      const test = await startAnother();
      expect(await adopted(test, 'a.bin.sluice')).toMatchObject([{ kind: 'adopted', fileName: 'a.bin' }]);
      const [view] = (await test.engine.snapshot({})).downloads;
      await test.engine.resume({ ids: [view?.id ?? ''] });
      await test.reach(view?.id ?? '', 'finished');
      expect(await verifySeeded(path('a.bin'), 1, sizeBytes)).toBeNull();
      expect(await test.names()).toEqual(['a.bin']);
    },
  );

  it('the download that had it knows the link, and its own partial waits beside until the file is whole', async () => {
    const gate = createGate();
    onTestFinished(() => gate.open());
    await leaveKept('a.bin.sluice', seededBytes(1, 0, 3_000_000));
    origin.script('/a.bin', { stall: { afterBytes: 200_000, until: gate } });
    const test = await startAnother();
    const id = await test.add(origin.urlOf('/a.bin'), { maxConnections: 1 });
    await test.until(id, ({ receivedBytes }) => receivedBytes === 200_000);
    origin.script('/a.bin', null);
    const { results } = await test.engine.adopt({ folder });
    expect(results.filter(({ kind }) => kind === 'adopted')).toEqual([{ kind: 'adopted', fileName: 'a.bin', id }]);
    const before = origin.requests.length;
    expect(await test.reach(id, 'finished')).not.toHaveProperty('keptApart');
    expect(await verifySeeded(path('a.bin'), 1, sizeBytes)).toBeNull();
    expect(fetchedSince(before)).toBeLessThan(1_500_000);
    expect(await test.names()).toEqual(['a.bin']);
  });

  it('one that is whole needs its checksum alone', async () => {
    await leaveKept('a.bin.sluice-kept', whole());
    const checksum = `sha-256=${createHash('sha256').update(whole()).digest('hex')}`;
    const test = await startAnother();
    await adopted(test, 'a.bin.sluice-kept', { checksum });
    const [view] = (await test.engine.snapshot({})).downloads;
    await test.engine.resume({ ids: [view?.id ?? ''] });
    expect(await test.reach(view?.id ?? '', 'finished')).toMatchObject({ verifiedFrom: 'user' });
    expect(origin.requests).toEqual([]);
  });

  it('without a link it is named and left, and a finished download does not take it', async () => {
    await leaveKept();
    const test = await startAnother();
    expect((await test.engine.adopt({ folder })).results).toMatchObject([
      {
        kind: 'rejected',
        fileName: 'a.bin.sluice-kept',
        error: { code: 'journal-unreadable', facts: { path: path('a.bin.sluice-kept'), needs: 'link' } },
      },
    ]);
    await rename(path('a.bin.sluice-kept'), path('a.bin.sluice'));
    const id = await test.add(origin.urlOf('/a.bin'));
    await test.reach(id, 'finished');
    expect((await test.engine.adopt({ folder })).results).toEqual([
      { kind: 'present', fileName: 'a.bin.sluice-kept', id },
    ]);
    expect(await test.names()).toEqual(['a.bin', 'a.bin.sluice-kept']);
  });

  it('a name that another file has by now is not taken', async () => {
    await leaveKept();
    await writeFile(path('a.bin'), 'mine');
    const test = await startAnother();
    expect(await adopted(test, 'a.bin.sluice-kept')).toMatchObject([{ kind: 'adopted', fileName: 'a (1).bin' }]);
    expect(await readFile(path('a.bin'), 'utf8')).toBe('mine');
  });

  it('one that is longer than the file is not taken', async () => {
    await writeFile(path('a.bin.sluice-kept'), Buffer.concat([whole(), Buffer.alloc(100_000, 1)]));
    const test = await startAnother();
    expect(await adopted(test, 'a.bin.sluice-kept')).toMatchObject([{ error: { code: 'resource-changed' } }]);
    expect(await test.names()).toEqual(['a.bin.sluice-kept']);
  });

  it('of two that adopt it at once, one does', async () => {
    await leaveKept();
    const [one, two] = [await startAnother(), await startAnother()];
    const results = (await Promise.all([one, two].map((test) => adopted(test, 'a.bin.sluice-kept')))).flat();
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['adopted', 'rejected']);
    expect(await one.names()).toEqual(['a.bin.sluice', 'a.bin.sluice-journal']);
  });

  it.each([
    ['ranges are refused', { ranges: false } as const, 'range-ignored'],
    ['the file is gone', null, 'http-not-found'],
  ])('where %s it stays as it is', async (_, changes, code) => {
    await leaveKept();
    if (changes === null) origin.remove('/a.bin');
    else origin.change('/a.bin', changes);
    const test = await startAnother();
    expect(await adopted(test, 'a.bin.sluice-kept')).toMatchObject([{ kind: 'rejected', error: { code } }]);
    expect(await test.names()).toEqual(['a.bin.sluice-kept']);
  });

  it('a second name of another file, one of zeros, and an empty one are not taken', async () => {
    const test = await startAnother();
    await writeFile(path('empty.sluice-kept'), '');
    await leaveKept('zeros.sluice-kept', new Uint8Array());
    expect(await adopted(test, 'empty.sluice-kept')).toMatchObject([{ error: { code: 'resume-unproved' } }]);
    expect(await adopted(test, 'zeros.sluice-kept')).toMatchObject([{ error: { code: 'resume-unproved' } }]);
    await leaveKept('linked.sluice-kept');
    const { link } = await import('node:fs/promises');
    await link(path('linked.sluice-kept'), path('other'));
    expect(await adopted(test, 'linked.sluice-kept')).toMatchObject([{ error: { code: 'file-unsafe' } }]);
    await expect(test.engine.adopt({ folder, download: { url: origin.urlOf('/a.bin') } })).rejects.toMatchObject({
      code: 'request-invalid',
    });
    await expect(test.engine.adopt({ folder, name: '../x' })).rejects.toThrow();
  });
});
