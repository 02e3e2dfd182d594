/** What a download would come to: told by one answer whose body nobody reads, and nothing on disk changes. */
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createGate, type Gate, type Origin, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEngine, temporaryFolder, type TestEngine } from '../harness.ts';

const sizeBytes = 4_000_001;

let origin: Origin;
let gate: Gate;
let folder: string;
let test: TestEngine;

beforeEach(async () => {
  origin = await startOrigin();
  gate = createGate();
  folder = await temporaryFolder();
  test = await startEngine({ folder });
  origin.serve('/a.bin', { seed: 1, sizeBytes });
  origin.serve('/named', {
    seed: 2,
    sizeBytes,
    headers: { 'Content-Disposition': 'attachment; filename="its name.iso"' },
  });
});

afterEach(async () => {
  gate.open();
  await test.engine.close();
  await origin.close();
  await rm(folder, { recursive: true, force: true });
});

/** Half of it, left by an engine that is gone. */
async function leaveHalf(): Promise<void> {
  origin.script('/a.bin', { stall: { afterBytes: 2_000_000, until: gate } });
  const id = await test.add(origin.urlOf('/a.bin'), { maxConnections: 1 });
  await test.until(id, ({ receivedBytes }) => receivedBytes === 2_000_000);
  await test.engine.close();
  origin.script('/a.bin', null);
  test = await startEngine({ folder });
}

describe('preview', () => {
  it('tells name, size and ranges, and leaves the folder as it is', async () => {
    expect(await test.engine.preview({ download: { url: origin.urlOf('/named') } })).toEqual({
      path: join(folder, 'its name.iso'),
      sizeBytes,
      resumable: true,
      receivedBytes: 0,
      isInUse: false,
      presentPath: null,
      isAsked: true,
      contentType: 'application/octet-stream',
      isKept: false,
    });
    expect(await readdir(folder)).toEqual([]);
    expect(origin.requestsOf('/named')).toHaveLength(1);
    expect((await test.engine.snapshot({})).downloads).toEqual([]);
  });

  it('numbers a name that is taken, as the download would, and names the file that has it', async () => {
    await writeFile(join(folder, 'its name.iso'), 'another');
    expect(await test.engine.preview({ download: { url: origin.urlOf('/named') } })).toMatchObject({
      path: join(folder, 'its name (1).iso'),
      presentPath: join(folder, 'its name.iso'),
    });
  });

  it('finds what an earlier try left, and writes nothing to it', async () => {
    await leaveHalf();
    const before = await readdir(folder);
    expect(await test.engine.preview({ download: { url: origin.urlOf('/a.bin') } })).toMatchObject({
      path: join(folder, 'a.bin'),
      receivedBytes: 2_000_000,
    });
    expect(await readdir(folder)).toEqual(before);
  });

  it('what has changed since starts over', async () => {
    await leaveHalf();
    origin.serve('/a.bin', { seed: 3, sizeBytes: sizeBytes + 1 });
    expect(await test.engine.preview({ download: { url: origin.urlOf('/a.bin') } })).toMatchObject({
      path: join(folder, 'a.bin'),
      receivedBytes: 0,
    });
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)('what changes something is not sent: %s', async (method) => {
    const download = { url: origin.urlOf('/a.bin'), request: { method, body: 'a=1' } };
    expect(await test.engine.preview({ download })).toMatchObject({ isAsked: false, sizeBytes: null });
    expect(origin.requestsOf('/a.bin')).toEqual([]);
  });

  it('fails as the download would', async () => {
    await expect(test.engine.preview({ download: { url: origin.urlOf('/none') } })).rejects.toMatchObject({
      code: 'http-not-found',
    });
    await expect(test.engine.preview({ download: { url: 'htp://x' } })).rejects.toMatchObject({
      code: 'url-unsupported',
    });
  });
});

describe('skipIfPresent', () => {
  it('ends before the body where a whole file has the name that the server gives', async () => {
    await writeFile(join(folder, 'its name.iso'), 'another');
    const id = await test.add(origin.urlOf('/named'), { skipIfPresent: true });
    const { state } = await test.until(id, (view) => view.state.kind === 'failed');
    expect(state).toMatchObject({
      error: { code: 'file-exists', facts: { presentPath: join(folder, 'its name.iso') } },
    });
    expect(await readdir(folder)).toEqual(['its name.iso']);
    expect(origin.requestsOf('/named')).toHaveLength(1);
  });

  it('goes on with what an earlier try left', async () => {
    await leaveHalf();
    const id = await test.add(origin.urlOf('/a.bin'), { skipIfPresent: true });
    expect(await test.reach(id, 'finished')).toMatchObject({ name: 'a.bin' });
  });
});

describe('a preview that keeps the answer', () => {
  const backends = ['socket', 'undici', 'curl'] as const;

  it.each(backends)('%s: the download has it, and the server is asked once', async (backend) => {
    const download = { url: origin.urlOf('/named'), request: { backend } };
    expect(await test.engine.preview({ download, keep: true })).toMatchObject({ isKept: true, sizeBytes });
    const { results } = await test.engine.add({ downloads: [{ ...download, maxConnections: 1 }] });
    await test.reach(results[0]?.kind === 'added' ? results[0].id : '', 'finished');
    expect(await verifySeeded(test.path('its name.iso'), 2, sizeBytes)).toBeNull();
    expect(origin.requestsOf('/named')).toHaveLength(1);
  });

  it('a link that works once, behind a redirect that works once, is not used up', async () => {
    origin.serve('/once', { seed: 1, sizeBytes });
    origin.script('/once', (_request, index) =>
      index === 0 ? { status: 302, headers: { Location: '/a.bin' } } : { status: 410 },
    );
    origin.script('/a.bin', (_request, index) => (index === 0 ? {} : { status: 410 }));
    const download = { url: origin.urlOf('/once'), name: 'once.bin', maxConnections: 1 };
    expect(await test.engine.preview({ download, keep: true })).toMatchObject({ isKept: true, sizeBytes });
    const { results } = await test.engine.add({ downloads: [download] });
    await test.reach(results[0]?.kind === 'added' ? results[0].id : '', 'finished');
    expect(await verifySeeded(test.path('once.bin'), 1, sizeBytes)).toBeNull();
  });

  it('is for the same request alone', async () => {
    const url = origin.urlOf('/a.bin');
    await test.engine.preview({ download: { url }, keep: true });
    const other = { url, headers: { 'X-Other': 'yes' }, maxConnections: 1 };
    const { results } = await test.engine.add({ downloads: [other] });
    await test.reach(results[0]?.kind === 'added' ? results[0].id : '', 'finished');
    expect(origin.requestsOf('/a.bin')).toHaveLength(2);
    expect(origin.requestsOf('/a.bin')[1]?.headers['x-other']).toBe('yes');
  });

  it('keeps two of one server and says of the third that it is asked again', async () => {
    origin.serve('/c.bin', { seed: 3, sizeBytes });
    const kept = [];
    for (const path of ['/a.bin', '/named', '/c.bin']) {
      kept.push((await test.engine.preview({ download: { url: origin.urlOf(path) }, keep: true })).isKept);
    }
    expect(kept).toEqual([true, true, false]);
  });

  it('gives what nobody came for up when the engine ends', async () => {
    await test.engine.preview({ download: { url: origin.urlOf('/a.bin') }, keep: true });
    await test.engine.close();
    await origin.waitFor(({ connections }) => connections.open === 0);
  });
});
