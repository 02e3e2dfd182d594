/** Partials that no list knows of: taken over with what they hold, and only when nobody else has them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DownloadPatch } from '@sluice/contract';
import { createGate, type Gate, type Origin, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startEngine, temporaryFolder, type TestEngine } from '../harness.ts';

const sizeBytes = 4_000_001;
const half = 2_000_000;

let origin: Origin;
let gate: Gate;
let folder: string;

beforeEach(async () => {
  origin = await startOrigin();
  gate = createGate();
  folder = await temporaryFolder();
});

afterEach(async () => {
  gate.open();
  await origin.close();
  await rm(folder, { recursive: true, force: true });
});

/** Half of a file, left by an engine whose list is gone. */
async function leavePartial(name: string, seed: number): Promise<void> {
  origin.serve(`/${name}`, { seed, sizeBytes });
  origin.script(`/${name}`, { stall: { afterBytes: half, until: gate } });
  const first = await startEngine({ folder });
  const id = await first.add(origin.urlOf(`/${name}`), { maxConnections: 1 });
  await first.until(id, ({ receivedBytes }) => receivedBytes === half);
  await first.engine.close();
  origin.script(`/${name}`, null);
}

async function startAnother(): Promise<TestEngine> {
  const engine = await startEngine({ folder });
  onTestFinished(() => engine.engine.close());
  return engine;
}

describe('adopt', () => {
  it('goes on from what each partial holds', async () => {
    await leavePartial('a.bin', 1);
    await leavePartial('b.bin', 2);
    const { engine, reach } = await startAnother();
    const { results } = await engine.adopt({ folder: `${folder}/` });
    expect(results).toMatchObject([
      { kind: 'adopted', fileName: 'a.bin' },
      { kind: 'adopted', fileName: 'b.bin' },
    ]);
    const before = origin.requests.length;
    for (const result of results) if (result.kind === 'adopted') await reach(result.id, 'finished');
    expect(await verifySeeded(join(folder, 'a.bin'), 1, sizeBytes)).toBeNull();
    expect(await verifySeeded(join(folder, 'b.bin'), 2, sizeBytes)).toBeNull();
    const fetched = origin.requests.slice(before).reduce((sum, { bodyBytesSent }) => sum + bodyBytesSent, 0);
    expect(fetched).toBeLessThan(2 * (sizeBytes - half) + 1_000_000);
  });

  it('shows how far each is, and starts none when asked not to', async () => {
    await leavePartial('a.bin', 1);
    const asked = origin.requests.length;
    const { engine } = await startAnother();
    await engine.adopt({ folder, start: false });
    expect((await engine.snapshot({})).downloads).toMatchObject([
      { name: 'a.bin', folder, sizeBytes, receivedBytes: half, state: { kind: 'paused' }, url: origin.urlOf('/a.bin') },
    ]);
    expect(origin.requests).toHaveLength(asked);
  });

  it('takes none twice, and none that is on the list', async () => {
    await leavePartial('a.bin', 1);
    const { engine } = await startAnother();
    const [first] = (await engine.adopt({ folder, start: false })).results;
    const again = await engine.adopt({ folder });
    expect(again.results).toEqual([{ ...first, kind: 'present' }]);
    expect((await engine.snapshot({})).downloads).toHaveLength(1);
  });

  it('finds a partial under the name it has now, and takes the youngest of one link', async () => {
    await leavePartial('a.bin', 1);
    for (const suffix of ['.sluice', '.sluice-journal']) {
      await cp(join(folder, `a.bin${suffix}`), join(folder, `copy.bin${suffix}`));
    }
    await rm(join(folder, 'a.bin.sluice'));
    await rm(join(folder, 'a.bin.sluice-journal'));
    const { engine, reach } = await startAnother();
    const [result] = (await engine.adopt({ folder })).results;
    expect(result).toMatchObject({ kind: 'adopted', fileName: 'copy.bin' });
    await reach(result?.kind === 'adopted' ? result.id : '', 'finished');
    expect(await verifySeeded(join(folder, 'copy.bin'), 1, sizeBytes)).toBeNull();
  });

  it('of two partials of one link takes one, and tells of the other', async () => {
    await leavePartial('a.bin', 1);
    for (const suffix of ['.sluice', '.sluice-journal']) {
      await copyFile(join(folder, `a.bin${suffix}`), join(folder, `copy.bin${suffix}`));
    }
    const { engine } = await startAnother();
    const { results } = await engine.adopt({ folder, start: false });
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['adopted', 'rejected']);
    expect(results.find(({ kind }) => kind === 'rejected')).toMatchObject({ error: { code: 'already-listed' } });
  });

  it('tells of each that cannot be read, and leaves it as it is', async () => {
    await writeFile(join(folder, 'bad.bin.sluice'), 'bytes');
    await writeFile(join(folder, 'bad.bin.sluice-journal'), 'no journal\n');
    await writeFile(join(folder, 'lone.bin.sluice'), 'bytes');
    await leavePartial('gone.bin', 1);
    await rm(join(folder, 'gone.bin.sluice'));
    await leavePartial('dir.bin', 2);
    await rm(join(folder, 'dir.bin.sluice'));
    await mkdir(join(folder, 'dir.bin.sluice'));
    await writeFile(join(folder, '.sluice'), 'not one of ours');
    const { engine, names } = await startAnother();
    const before = await names();
    expect((await engine.adopt({ folder })).results).toMatchObject([
      { kind: 'rejected', fileName: 'bad.bin', error: { code: 'journal-unreadable' } },
      { kind: 'rejected', fileName: 'dir.bin', error: { code: 'file-unsafe' } },
      { kind: 'rejected', fileName: 'gone.bin', error: { code: 'file-missing' } },
      { kind: 'rejected', fileName: 'lone.bin', error: { code: 'journal-unreadable' } },
    ]);
    expect(await names()).toEqual(before);
    expect(await readFile(join(folder, 'bad.bin.sluice'), 'utf8')).toBe('bytes');
  });

  it('leaves alone what another living process fetches', async () => {
    origin.serve('/a.bin', { seed: 1, sizeBytes });
    origin.script('/a.bin', { stall: { afterBytes: half, until: gate } });
    const child: ChildProcess = spawn(
      process.execPath,
      [join(import.meta.dirname, '../child.ts'), folder, origin.urlOf('/a.bin')],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    onTestFinished(async () => {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    });
    if (child.stdout === null) throw new Error('the child has no output');
    for await (const line of createInterface({ input: child.stdout })) {
      const change: DownloadPatch = JSON.parse(line);
      if ((change.receivedBytes ?? 0) > 0) break;
    }
    const { engine } = await startAnother();
    expect((await engine.adopt({ folder })).results).toMatchObject([
      { kind: 'rejected', fileName: 'a.bin', error: { code: 'file-busy' } },
    ]);
  });

  it('refuses a folder that is not there or not absolute; an empty one holds nothing', async () => {
    const { engine } = await startAnother();
    await expect(engine.adopt({ folder: join(folder, 'nowhere') })).rejects.toMatchObject({ code: 'folder-missing' });
    await expect(engine.adopt({ folder: 'here' })).rejects.toMatchObject({ code: 'request-invalid' });
    expect(await engine.adopt({ folder })).toEqual({ results: [] });
  });
});
