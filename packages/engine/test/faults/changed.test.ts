/** F103: the file has changed since a part of it arrived. By every backend and in every form no byte is given up too soon. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChangeNotice } from '@sluice/contract';
import { playPath, playsOf, versionA, versionB } from '@sluice/testkit/plays';
import { createGate, type Origin, seededBytes, startOrigin } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { createHttpPort } from '../../src/adapters/http/index.ts';
import type { FileSpec } from '../../src/direct/spec.ts';
import type { ChosenBackend } from '../../src/plan/connections/choose-backend.ts';
import type { OnChanged } from '../../src/transfer/run/run-context.ts';
import { SluiceError } from '../../src/errors.ts';
import { startEngine } from '../engine/harness.ts';
import { codeOf, directBy, backends, specFor } from './ways.ts';

const sizeBytes = 400_000;
const half = sizeBytes / 2;
const partOfA = ['file.bin.sluice', 'file.bin.sluice-journal'];
const partOfB = ['file.bin.new.sluice', 'file.bin.new.sluice-journal'];

interface Tried {
  readonly code: string | null;
  readonly bytes: Buffer | null;
  readonly names: readonly string[];
  readonly notices: readonly ChangeNotice[];
  readonly replacedBytes: number | null;
}

/** A folder, and tries to fetch the play's file into it, each as another process would make it. */
async function inFolder(backend: ChosenBackend, work: (tryOnce: (spec: TriedSpec) => Promise<Tried>) => Promise<void>) {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-changed-'));
  const tryOnce = async ({
    stopAt = Number.POSITIVE_INFINITY,
    afterChange = false,
    ...spec
  }: TriedSpec): Promise<Tried> => {
    const direct = directBy(backend);
    const notices: ChangeNotice[] = [];
    const stopping = new AbortController();
    let code: string | null = null;
    let bytes: Buffer | null = null;
    let replacedBytes: number | null = null;
    const listeners: Pick<FileSpec, 'onChange' | 'onProgress'> = {
      onChange: (one) => notices.push(one),
      onProgress({ receivedBytes }) {
        const isUnderWay = !afterChange || notices.length > 0;
        if (isUnderWay && receivedBytes >= stopAt) stopping.abort(new SluiceError('aborted'));
      },
    };
    try {
      const whole = { ...wholeSpec(spec.url, folder), ...listeners, ...spec };
      const fetched = await direct.fetchFile(whole, stopping.signal);
      bytes = await readFile(fetched.path);
      replacedBytes = fetched.replacedBytes;
    } catch (error) {
      code = codeOf(error);
    } finally {
      await direct.close();
    }
    return { code, bytes, names: (await readdir(folder)).toSorted(), notices, replacedBytes };
  };
  try {
    await work(tryOnce);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** `stopAt`: given up once so many bytes are there; with `afterChange`, once so many are there of the new version. */
type TriedSpec = Partial<FileSpec> & {
  readonly url: string;
  readonly stopAt?: number;
  readonly afterChange?: boolean;
};

function wholeSpec(url: string, folder: string): FileSpec {
  return {
    ...specFor(url, () => {}),
    folder,
    name: null,
    whenTaken: 'number',
    resumes: true,
    keepsPartial: true,
    maxConnections: 1,
    findsChecksum: false,
    marksOrigin: false,
  };
}

function isOf(seed: number, bytes: Buffer | null, length = sizeBytes): boolean {
  return bytes?.equals(seededBytes(seed, 0, length)) === true;
}

/** Serves version A; each answer halts where it is told to. */
function serveHalf(origin: Origin, halts: { at: number | null }): string {
  const gate = createGate();
  origin.serve(playPath, { seed: versionA, sizeBytes });
  origin.script(playPath, () => (halts.at === null ? {} : { stall: { afterBytes: halts.at, until: gate } }));
  return origin.urlOf(playPath);
}

describe.concurrent.each(backends)('by the %s backend', (backend) => {
  it.each(playsOf('F103').map((play) => [play.name, play] as const))(
    'F103 %s: a file is replaced once the new one is whole',
    async (_name, play) => {
      await using origin = await startOrigin();
      play.stage(origin, { sizeBytes });
      const url = origin.urlOf(playPath);
      await inFolder(backend, async (tryOnce) => {
        const { bytes, names, notices, replacedBytes } = await tryOnce({ url });
        expect(isOf(versionB, bytes, bytes?.length)).toBe(true);
        expect(names).toEqual(['file.bin']);
        expect(replacedBytes).toBe(half);
        expect(notices).toMatchObject([{ kind: 'new', keptBytes: half }]);
      });
    },
  );

  it('F103 the old part is there while the new version is not whole, also for another process', async () => {
    await using origin = await startOrigin();
    const halts = { at: half as number | null };
    const url = serveHalf(origin, halts);
    await inFolder(backend, async (tryOnce) => {
      await tryOnce({ url, stopAt: half });
      origin.change(playPath, { seed: versionB });
      halts.at = half / 2;
      expect((await tryOnce({ url, stopAt: half / 2, afterChange: true })).names).toEqual([...partOfB, ...partOfA]);
      halts.at = null;
      const asked = origin.requestsOf(playPath).length;
      const { bytes, names, replacedBytes } = await tryOnce({ url });
      expect(origin.requestsOf(playPath)[asked]?.asked?.start).toBeGreaterThan(0);
      expect(isOf(versionB, bytes)).toBe(true);
      expect(names).toEqual(['file.bin']);
      expect(replacedBytes).toBe(half);
    });
  });

  it('F103 a server that turns back finds the old part to go on with', async () => {
    await using origin = await startOrigin();
    const halts = { at: half as number | null };
    const url = serveHalf(origin, halts);
    await inFolder(backend, async (tryOnce) => {
      await tryOnce({ url, stopAt: half });
      origin.change(playPath, { seed: versionB });
      halts.at = half / 2;
      await tryOnce({ url, stopAt: half / 2, afterChange: true });
      origin.change(playPath, { seed: versionA });
      halts.at = null;
      const { bytes, names, notices } = await tryOnce({ url });
      expect(isOf(versionA, bytes)).toBe(true);
      expect(names).toEqual(['file.bin']);
      expect(notices).toMatchObject([{ kind: 'back', keptBytes: half / 2 }]);
      expect(origin.requestsOf(playPath).at(-1)?.asked?.start).toBeGreaterThan(half / 2);
    });
  });

  it('F103 of three versions the two partials with the most bytes are kept apart', async () => {
    await using origin = await startOrigin();
    const halts = { at: half as number | null };
    const url = serveHalf(origin, halts);
    await inFolder(backend, async (tryOnce) => {
      await tryOnce({ url, stopAt: half });
      origin.change(playPath, { seed: versionB });
      halts.at = half + 50_000;
      await tryOnce({ url, stopAt: half + 50_000, afterChange: true });
      origin.change(playPath, { seed: versionB + 1 });
      halts.at = half - 80_000;
      expect((await tryOnce({ url, stopAt: half - 80_000, afterChange: true })).names).toEqual([
        ...partOfB,
        ...partOfA,
      ]);
      // The first one held less than the second, and its place was taken.
      origin.change(playPath, { seed: versionB });
      halts.at = null;
      const { bytes, names } = await tryOnce({ url });
      expect(isOf(versionB, bytes)).toBe(true);
      expect(names).toEqual(['file.bin']);
      expect(origin.requestsOf(playPath).at(-1)?.asked?.start).toBeGreaterThan(half - 20_000);
    });
  });

  it('F103 keep: fails with both versions, and touches nothing', async () => {
    await using origin = await startOrigin();
    const halts = { at: half as number | null };
    const url = serveHalf(origin, halts);
    await inFolder(backend, async (tryOnce) => {
      await tryOnce({ url, stopAt: half });
      origin.change(playPath, { seed: versionB });
      halts.at = null;
      expect(await tryOnce({ url, onChanged: 'keep' })).toMatchObject({ code: 'resource-changed', names: partOfA });
      origin.change(playPath, { seed: versionA });
      const asked = origin.bodyBytesSent;
      const { bytes } = await tryOnce({ url, onChanged: 'keep' });
      expect(isOf(versionA, bytes)).toBe(true);
      expect(origin.bodyBytesSent - asked).toBeLessThan(sizeBytes);
    });
  });

  it.each<readonly [OnChanged, FileSpec['whenTaken']]>([
    ['beside', 'number'],
    ['beside', 'replace'],
    ['beside', 'refuse'],
  ])('F103 %s: the new version becomes another file, the old part stays (%s)', async (onChanged, whenTaken) => {
    await using origin = await startOrigin();
    const halts = { at: half as number | null };
    const url = serveHalf(origin, halts);
    await inFolder(backend, async (tryOnce) => {
      await tryOnce({ url, stopAt: half });
      origin.change(playPath, { seed: versionB });
      halts.at = null;
      const spec = { url, onChanged, whenTaken, ...(whenTaken === 'number' ? {} : { name: 'file.bin' }) };
      const { bytes, names, notices } = await tryOnce(spec);
      expect(isOf(versionB, bytes)).toBe(true);
      expect(names).toEqual(['file (1).bin', ...partOfA]);
      expect(notices).toMatchObject([{ kind: 'beside', keptBytes: half }]);
    });
  });

  it('F103 in a list: it is asked about with both facts, and each choice does what it says', async () => {
    await using origin = await startOrigin();
    await using test = await startEngine({ ports: { http: createHttpPort({ backend }) } });
    const gate = createGate();
    origin.serve(playPath, { seed: versionA, sizeBytes });
    origin.script(playPath, (_request, index) => (index === 0 ? { stall: { afterBytes: half, until: gate } } : {}));
    const id = await test.add(origin.urlOf(playPath), { maxConnections: 1 });
    await test.until(id, ({ receivedBytes }) => receivedBytes >= half);
    await test.engine.pause({ ids: [id] });
    origin.change(playPath, { seed: versionB, sizeBytes: sizeBytes + 1 });

    await test.engine.resume({ ids: [id] });
    const changed = await test.until(id, ({ state }) => state.kind === 'failed');
    expect(changed.state).toMatchObject({
      error: { code: 'resource-changed' },
      change: {
        before: { sizeBytes, etag: `"${versionA}-${sizeBytes}"` },
        now: { sizeBytes: sizeBytes + 1, etag: `"${versionB}-${sizeBytes + 1}"` },
      },
    });
    expect(changed.receivedBytes).toBe(half);
    expect(await test.names()).toEqual(partOfA);

    await test.engine.retry({ ids: [id] });
    await test.until(id, ({ state }) => state.kind === 'failed');
    expect(await test.names()).toEqual(partOfA);

    await test.engine.resolveChanged({ ids: [id], choice: 'keep' });
    expect((await test.view(id)).state.kind).toBe('paused');
    await test.engine.resume({ ids: [id] });
    await test.until(id, ({ state }) => state.kind === 'failed');

    const { added } = await test.engine.resolveChanged({ ids: [id], choice: 'beside' });
    expect(added).toHaveLength(1);
    const beside = await test.reach(added[0] ?? '', 'finished');
    expect(beside.name).toBe('file (1).bin');
    expect(isOf(versionB, await readFile(test.path(beside.name)), sizeBytes + 1)).toBe(true);
    expect((await test.view(id)).state.kind).toBe('paused');
    expect(await test.names()).toEqual(['file (1).bin', ...partOfA]);

    await test.engine.resume({ ids: [id] });
    await test.replaceChanged(id);
    const replaced = await test.reach(id, 'finished');
    expect(replaced).toMatchObject({ name: 'file.bin', change: { kind: 'new', keptBytes: half } });
    expect(isOf(versionB, await readFile(test.path('file.bin')), sizeBytes + 1)).toBe(true);
    expect(await test.names()).toEqual(['file (1).bin', 'file.bin']);
  });
});

it('F103 a second partial is one with the first for a look, a takeover and a deletion', async () => {
  await using origin = await startOrigin();
  const halts = { at: half as number | null };
  const url = serveHalf(origin, halts);
  await using test = await startEngine();
  const direct = directBy('socket');
  const until = async (stopAt: number, changed: boolean) => {
    const stopping = new AbortController();
    let isUnderWay = !changed;
    const spec = {
      ...wholeSpec(url, test.folder),
      onChange: () => {
        isUnderWay = true;
      },
      onProgress: ({ receivedBytes }: { readonly receivedBytes: number }) => {
        if (isUnderWay && receivedBytes >= stopAt) stopping.abort(new SluiceError('aborted'));
      },
    };
    await direct.fetchFile(spec, stopping.signal).catch(() => {});
  };
  await until(half, false);
  origin.change(playPath, { seed: versionB });
  halts.at = half / 2;
  await until(half / 2, true);
  expect(await test.names()).toEqual([...partOfB, ...partOfA]);
  expect(await direct.resumeBytes(test.folder, 'file.bin')).toBe(half / 2);
  await direct.close();
  halts.at = null;

  expect(await test.engine.preview({ download: { url } })).toMatchObject({
    path: test.path('file.bin'),
    receivedBytes: half / 2,
  });
  const { results } = await test.engine.adopt({ folder: test.folder, start: false });
  expect(results).toMatchObject([{ kind: 'adopted', fileName: 'file.bin' }]);
  const id = results[0]?.kind === 'adopted' ? results[0].id : '';
  const { segments } = await test.engine.details({ id });
  expect(segments).toMatchObject([{ start: 0, end: half / 2 }]);
  await test.engine.remove({ ids: [id], deleteFile: true });
  expect(await test.names()).toEqual([]);
});
