import {
  type Answer,
  type AskedRange,
  atMost,
  createGate,
  inTurn,
  type Origin,
  type ResourceTraits,
  type Script,
  startOrigin,
  verifySeeded,
} from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { createHttpPort } from '../../../src/adapters/http/index.ts';
import { openWorkingFile } from '../../../src/transfer/file/open-working-file.ts';
import { startEngine, type TestEngine } from '../harness.ts';
import { createSkippingClock } from '../skipping-clock.ts';

const mebibyte = 1024 * 1024;
const sizeBytes = 8 * mebibyte;
/** Lets one connection in at a time, and that at this pace: a link on which more connections bring nothing. */
const pace = 6 * mebibyte;

/** What the mirror has in other ways than the link. */
type Served = ResourceTraits & { readonly seed?: number; readonly sizeBytes?: number };

/** A mirror is asked so often before it gets a part: for what is on disk, and for what the link is asked as well. */
const sightings = 2;

interface Stage extends AsyncDisposable {
  readonly link: Origin;
  readonly mirror: Origin;
  readonly test: TestEngine;
  /** Adds the download with the mirror. @returns its id */
  start(spec?: { readonly maxConnections?: number; readonly name?: string }): Promise<string>;
  /** The file is there, and every byte is the link's. */
  finish(id: string): Promise<void>;
}

async function stage(served: Served = {}, options: Parameters<typeof startEngine>[0] = {}): Promise<Stage> {
  const [link, mirror] = [await startOrigin(), await startOrigin()];
  const test = await startEngine(options);
  link.serve('/file.bin', { seed: 90, sizeBytes, bytesPerSecond: pace });
  link.script('/file.bin', atMost(1));
  mirror.serve('/copy.bin', {
    seed: 90,
    sizeBytes,
    bytesPerSecond: pace,
    etag: '"of the mirror"',
    ...served,
  });
  return {
    link,
    mirror,
    test,
    start: (spec = {}) =>
      test.add(link.urlOf('/file.bin'), { ...spec, request: { mirrors: [mirror.urlOf('/copy.bin')] } }),
    async finish(id) {
      await test.reach(id, 'finished');
      expect(await verifySeeded(test.path('file.bin'), 90, sizeBytes)).toBeNull();
    },
    async [Symbol.asyncDispose]() {
      await test[Symbol.asyncDispose]();
      await link.close();
      await mirror.close();
    },
  };
}

/** How fast the link is as long as what a test is about has not begun. */
const slowly = mebibyte / 2;

/**
 * The link's first answer is slow until the mirror has been asked as often: what it comes to depends on no machine's
 * speed. Later requests are answered by `beyond`.
 */
function slowUntilAsked({ link, mirror }: Stage, count: number, beyond: Script = atMost(1)): void {
  const asked = createGate();
  link.script('/file.bin', (request, index) =>
    index === 0 ? { slow: { bytesPerSecond: slowly, until: asked } } : beyond(request, index),
  );
  // A test that ends before has failed for another reason.
  mirror.waitFor(({ requestsOf }) => (requestsOf('/copy.bin')[count - 1]?.status ?? 0) > 0).then(asked.open, () => {});
}

/** What link and mirror are compared by, far from what is on disk. */
const sampleBytes = 64 * 1024;

function lengthOf(asked: AskedRange | null): number {
  return (asked?.end ?? 0) - (asked?.start ?? 0);
}

function sentBy(origin: Origin, path: string): number {
  return origin.requestsOf(path).reduce((sum, { bodyBytesSent }) => sum + bodyBytesSent, 0);
}

it('a mirror brings a share of the file, after it has shown bytes that are on disk already', async () => {
  await using on = await stage();
  // The link stays slow: what it sends is what it is read.
  slowUntilAsked(on, Number.POSITIVE_INFINITY);
  await on.finish(await on.start());
  expect(on.mirror.requestsOf('/copy.bin')[0]?.asked?.start).toBeGreaterThanOrEqual(4096);
  const parts = on.mirror.requestsOf('/copy.bin').slice(sightings);
  expect(parts.length).toBeGreaterThan(0);
  for (const part of parts) expect(part.asked?.start).toBeGreaterThan(0);
  expect(sentBy(on.link, '/file.bin')).toBeLessThan(sizeBytes - mebibyte);
});

it('a ceiling of one connection leaves mirrors alone', async () => {
  await using on = await stage();
  await on.finish(await on.start({ maxConnections: 1 }));
  expect(on.mirror.requests).toHaveLength(0);
});

describe('a mirror whose bytes are not the same is never asked for a part', () => {
  const others: readonly {
    readonly of: string;
    readonly served?: Served;
    readonly answer?: Answer;
  }[] = [
    { of: 'other bytes of the same size', served: { seed: 91 } },
    { of: 'a shorter file', served: { sizeBytes: sizeBytes - 1 } },
    { of: 'a longer file', served: { sizeBytes: sizeBytes + 1 } },
    { of: 'the same bytes without any version', served: { etag: null, lastModified: null } },
    { of: 'the whole file whatever is asked', served: { ranges: false } },
    {
      of: 'a page',
      answer: { status: 200, body: '<html>mirror moved</html>', headers: { 'Content-Type': 'text/html' } },
    },
    { of: 'a part without its place', answer: { headers: { 'Content-Range': null } } },
    { of: 'an encoded part', answer: { gzip: true } },
    { of: 'nothing, refused', answer: { status: 403 } },
    { of: 'nothing, gone in the middle', answer: { end: { afterBytes: 100_000, how: 'reset' } } },
  ];
  it.each(others)('$of', async ({ served, answer }) => {
    await using on = await stage(served);
    if (answer !== undefined) on.mirror.script('/copy.bin', answer);
    slowUntilAsked(on, 1);
    await on.finish(await on.start());
    expect(on.mirror.requestsOf('/copy.bin')).toHaveLength(1);
  });
});

it('a mirror that goes on differently behind the same beginning is never asked for a part', async () => {
  await using on = await stage();
  // The link shows what it says elsewhere, and lets no further connection in.
  slowUntilAsked(on, sightings, ({ asked }) => (lengthOf(asked) === sampleBytes ? {} : { status: 503 }));
  // What is on disk is compared at more length than what the link says elsewhere.
  on.mirror.script('/copy.bin', ({ asked }) =>
    lengthOf(asked) > sampleBytes ? {} : { resource: { seed: 93, etag: '"of the mirror"' } },
  );
  await on.finish(await on.start());
  expect(on.mirror.requestsOf('/copy.bin')).toHaveLength(sightings);
});

it('a mirror that dies while it helps leaves its rest to the link', async () => {
  await using on = await stage();
  slowUntilAsked(on, sightings + 1);
  on.mirror.script('/copy.bin', (_request, index) =>
    index < sightings ? {} : { end: { afterBytes: 200_000, how: 'reset' } },
  );
  await on.finish(await on.start({ maxConnections: 4 }));
  // Three at once, and two more in the place of those that failed first.
  expect(on.mirror.requestsOf('/copy.bin').length).toBeLessThanOrEqual(sightings + 5);
});

it('a mirror that turns into another file while it helps is asked no more', async () => {
  await using on = await stage();
  slowUntilAsked(on, sightings + 1);
  on.mirror.script('/copy.bin', (_request, index) =>
    index < sightings ? {} : { resource: { seed: 92, etag: '"another"' } },
  );
  await on.finish(await on.start());
  expect(on.mirror.requestsOf('/copy.bin')).toHaveLength(sightings + 1);
});

it('a mirror that is slow once it helps does not hold up the end, nor keep the link at one connection', async () => {
  await using on = await stage();
  on.link.script('/file.bin', null);
  on.link.change('/file.bin', { bytesPerSecond: 2 * mebibyte });
  on.mirror.script('/copy.bin', inTurn({}, {}, { bytesPerSecond: 20_000 }));
  await on.finish(await on.start());
  expect(
    on.mirror
      .requestsOf('/copy.bin')
      .slice(sightings)
      .every(({ bodyBytesSent }) => bodyBytesSent < mebibyte),
  ).toBe(true);
  expect(on.link.connections.peak).toBeGreaterThan(1);
});

it('a silent mirror costs no more than its own connection', async () => {
  await using on = await stage({}, { timeouts: { stallTimeoutMs: 300 } });
  const never = createGate();
  on.mirror.script('/copy.bin', (_request, index) =>
    index < sightings ? {} : { stall: { afterBytes: 50_000, until: never } },
  );
  await on.finish(await on.start());
  const silent = on.mirror.requestsOf('/copy.bin').slice(sightings);
  expect(silent.length).toBeGreaterThan(0);
  await on.mirror.waitFor(() => silent.every(({ state }) => state === 'cut' || state === 'answered'));
  expect(silent.some(({ state }) => state === 'cut')).toBe(true);
});

it('goes on from a mirror alone when the link dies', async () => {
  await using on = await stage();
  on.link.script('/file.bin', (_request, index) =>
    index === 0 ? { end: { afterBytes: 2 * mebibyte, how: 'reset' } } : { status: 404 },
  );
  await on.finish(await on.start());
  expect(sentBy(on.mirror, '/copy.bin')).toBeGreaterThan(4 * mebibyte);
});

it('a link that this system has no program for is no reason not to ask its mirror', async () => {
  await using on = await stage({}, { ports: { http: createHttpPort({ curl: { program: '/nowhere/curl' } }) } });
  const spec = { name: 'file.bin', request: { mirrors: [on.mirror.urlOf('/copy.bin')] } };
  await on.finish(await on.test.add('ftp://127.0.0.1/file.bin', spec));
});

it('goes on when the link dies and the host of the mirror lets no further connection in', async () => {
  await using on = await stage({}, { settings: { maxConnectionsPerHost: 1 } });
  const [dies, ends] = [createGate(), createGate()];
  on.link.script('/file.bin', (_request, index) =>
    index === 0
      ? { stall: { afterBytes: 4 * mebibyte, until: dies }, end: { afterBytes: 4 * mebibyte, how: 'reset' } }
      : { status: 404 },
  );
  on.mirror.serve('/other.bin', { seed: 94, sizeBytes: mebibyte });
  on.mirror.script('/other.bin', { stall: { afterBytes: 1000, until: ends } });
  const id = await on.start({ maxConnections: 2 });
  await on.mirror.waitFor(({ requestsOf }) => requestsOf('/copy.bin').length === sightings);
  await on.test.add(on.mirror.urlOf('/other.bin'));
  await on.mirror.waitFor(({ requestsOf }) => requestsOf('/other.bin').length === 1);
  dies.open();
  await on.finish(id);
  ends.open();
});

it('the journal goes on to name the link, whoever brought the bytes', async () => {
  await using on = await stage();
  slowUntilAsked(on, sightings + 1);
  const id = await on.start();
  await on.mirror.waitFor(({ requests }) => (requests[sightings]?.bodyBytesSent ?? 0) > mebibyte);
  await on.test.engine.pause({ ids: [id] });
  const reopened = await openWorkingFile(
    on.test.ports.files,
    { folder: on.test.folder, fileName: 'file.bin', links: [] },
    new AbortController().signal,
  );
  if (reopened.kind !== 'opened') throw new Error(reopened.kind);
  expect(reopened.working.isFrom(on.link.urlOf('/file.bin'))).toBe(true);
  await reopened.working.close();
  await on.test.engine.resume({ ids: [id] });
  await on.finish(id);
});

it('a dead link with a busy mirror waits for the mirror, as long as that asks, and ends with its bytes', async () => {
  const clock = createSkippingClock();
  await using on = await stage({}, { ports: { clock } });
  on.link.script('/file.bin', { status: 404 });
  on.mirror.script('/copy.bin', inTurn({ status: 503, headers: { 'Retry-After': '600' } }, {}));
  const id = await on.start({ name: 'file.bin' });
  const { state } = await on.test.reach(id, 'waiting');
  if (state.kind !== 'waiting') throw new Error(state.kind);
  expect(state.error.code).toBe('http-unavailable');
  const leftMs = state.retryAtMs - clock.wallMs();
  expect(leftMs).toBeGreaterThan(590_000);
  expect(on.mirror.requests).toHaveLength(1);
  clock.skip(leftMs + 1);
  await on.finish(id);
});

it.each([503, 404])(
  'what a server asks for is counted from its answer, however long a mirror takes to say %i',
  async (status) => {
    const clock = createSkippingClock();
    await using on = await stage({}, { ports: { clock } });
    const headGate = createGate();
    on.link.script('/file.bin', inTurn({ status: 503, headers: { 'Retry-After': '600' } }, {}));
    on.mirror.script('/copy.bin', { status, headGate });
    const id = await on.start({ name: 'file.bin' });
    await headGate.reached;
    clock.skip(500_000);
    headGate.open();
    const { state } = await on.test.reach(id, 'waiting');
    if (state.kind !== 'waiting') throw new Error(state.kind);
    const leftMs = state.retryAtMs - clock.wallMs();
    // A tenth more than asked at most; without the time of the mirror it is never less than 600 s.
    expect(leftMs).toBeLessThan(120_000);
    clock.skip(leftMs + 1);
    await on.finish(id);
    expect(on.link.requestsOf('/file.bin').length).toBeGreaterThan(1);
  },
);

it('a dead link is what a download ends with once no mirror may recover', async () => {
  await using on = await stage({}, { settings: { maxAttempts: 2, retryWaitMs: 100 } });
  on.link.script('/file.bin', { status: 410 });
  on.mirror.script('/copy.bin', { status: 503 });
  const id = await on.start({ name: 'file.bin' });
  const { state } = await on.test.until(id, (view) => view.state.kind === 'failed');
  expect(state).toMatchObject({ error: { code: 'http-gone' } });
  expect(on.mirror.requests).toHaveLength(2);
});

it('a mirror that wants to be left alone is not asked before its time because another may be', async () => {
  const clock = createSkippingClock();
  await using on = await stage({}, { ports: { clock } });
  await using other = await startOrigin();
  other.serve('/copy.bin', { seed: 90, sizeBytes, bytesPerSecond: pace });
  on.link.script('/file.bin', { status: 404 });
  on.mirror.script('/copy.bin', { status: 503, headers: { 'Retry-After': '3600' } });
  other.script('/copy.bin', inTurn({ status: 503, headers: { 'Retry-After': '60' } }, {}));
  const mirrors = [on.mirror.urlOf('/copy.bin'), other.urlOf('/copy.bin')];
  const id = await on.test.add(on.link.urlOf('/file.bin'), { name: 'file.bin', request: { mirrors } });
  await on.test.reach(id, 'waiting');
  clock.skip(70_000);
  await on.finish(id);
  expect(on.mirror.requests).toHaveLength(1);
});

it('a person who does not want to wait has every link of the download asked at once', async () => {
  await using on = await stage();
  on.link.script('/file.bin', { status: 404 });
  on.mirror.script('/copy.bin', inTurn({ status: 503, headers: { 'Retry-After': '3600' } }, {}));
  const id = await on.start({ name: 'file.bin' });
  await on.test.reach(id, 'waiting');
  await on.test.engine.retry({ ids: [id] });
  await on.finish(id);
});

it('a mirror that wants to be left alone leaves the link’s own host to other downloads', async () => {
  await using on = await stage();
  on.link.script('/file.bin', { status: 404 });
  on.mirror.script('/copy.bin', { status: 503, headers: { 'Retry-After': '3600' } });
  await on.test.reach(await on.start(), 'waiting');
  on.link.serve('/other.bin', { seed: 93, sizeBytes: 1000 });
  const other = await on.test.add(on.link.urlOf('/other.bin'));
  const after = await on.test.until(other, (view) => ['finished', 'waiting'].includes(view.state.kind));
  expect(after.state.kind).toBe('finished');
});

it('secrets for the link go to no mirror', async () => {
  await using on = await stage();
  slowUntilAsked(on, sightings);
  const request = { mirrors: [on.mirror.urlOf('/copy.bin')], username: 'ann', password: 'secret' };
  const id = await on.test.add(on.link.urlOf('/file.bin'), { request, headers: { 'X-Token': 'secret' } });
  await on.finish(id);
  const seen = on.mirror.requestsOf('/copy.bin');
  expect(seen.length).toBeGreaterThan(1);
  for (const { headers } of seen) expect(JSON.stringify(headers)).not.toMatch(/secret|authorization/i);
});
