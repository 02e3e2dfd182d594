/**
 * What servers do to connections beyond the first: by every backend it costs that connection, never the download. The
 * first streams wait until further connections have met what they are to meet, so that no speed decides.
 */
import { type Answer, createGate, type Origin, type OriginRequest, seededBytes } from '@sluice/testkit/origin';
import { type Play, playPath, playsOf, turnedAway, versionA, versionB } from '@sluice/testkit/plays';
import { describe, expect, it } from 'vitest';
import { type PlayStage, stagePlay } from './fetch-play.ts';
import { backends } from './ways.ts';

const sizeBytes = 3 * 1024 * 1024;

function expectVersionA(bytes: Buffer | null, size = sizeBytes): void {
  expect(bytes?.length).toBe(size);
  expect(bytes?.equals(seededBytes(versionA, 0, size))).toBe(true);
}

interface Staging {
  /** So many of the first answers wait for the rest. */
  readonly waiting: number;
  /** How many requests they wait for. */
  readonly requests: number;
  readonly traits?: { readonly etag?: null };
  /** Without the short ranges by which a host proves itself, which are answered honestly. */
  readonly further: (index: number, concurrent: number) => Answer;
  /** They are answered like the second request. */
  readonly meetsProofs?: boolean;
}

function isProof({ asked }: OriginRequest): boolean {
  return asked !== null && asked.end !== null && asked.end - asked.start <= 16 * 1024;
}

function countOf(origin: Origin): number {
  return origin.requestsOf(playPath).filter((request) => !isProof(request)).length;
}

function staged({ waiting, requests, traits, further, meetsProofs = false }: Staging): Pick<Play, 'stage'> {
  return {
    stage: (origin, scale) => {
      const enough = openWhen(
        origin,
        (now) => (meetsProofs ? now.requestsOf(playPath).length : countOf(now)) >= requests,
      );
      origin.serve(playPath, { seed: versionA, sizeBytes: scale.sizeBytes, ...traits });
      origin.serve('/blocked', { body: '<p>Please wait.', contentType: 'text/html' });
      let index = -1;
      origin.script(playPath, (request) => {
        if (isProof(request)) return meetsProofs ? further(1, request.concurrent) : {};
        index += 1;
        const answer = further(index, request.concurrent);
        return index < waiting ? { ...answer, stall: { afterBytes: 64 * 1024, until: enough } } : answer;
      });
    },
  };
}

function openWhen(origin: Origin, isEnough: (origin: Origin) => boolean): ReturnType<typeof createGate> {
  const gate = createGate();
  origin.waitFor(isEnough).then(
    () => gate.open(),
    () => gate.open(),
  );
  return gate;
}

function refusals(stage: PlayStage): unknown[] {
  return stage.lessons().map(({ refusedAbove, refusedBecause }) => [refusedAbove, refusedBecause]);
}

describe.concurrent.each(backends)('by the %s backend', (backend) => {
  it.each([
    ['with tags', {}],
    ['with dates alone', { etag: null }],
  ])('F71 a file that changes with every request, %s', async (_name, traits) => {
    const growing = staged({
      waiting: 1,
      requests: 2,
      traits,
      meetsProofs: true,
      further: (index) => {
        if (index === 0) return {};
        const lastModified = new Date(Date.UTC(2024, 5, 1) + index * 1000).toUTCString();
        return { resource: { seed: versionB, sizeBytes: sizeBytes + index, lastModified } };
      },
    });
    await using stage = await stagePlay(backend, growing, { sizeBytes, learnedLevel: 2 });
    const { bytes, code } = await stage.fetch();
    expect(code).toBeNull();
    expectVersionA(bytes);
    // One met another version, and then no more were sent.
    expect(stage.origin.requestsOf(playPath)).toHaveLength(2);
  });

  it.each(Object.entries(turnedAway))('F72 the third connection gets %s', async (_name, beyond) => {
    // Where ranges are ignored, or another file seems to be there, none is asked for again.
    const isFinal = ['the whole file', 'an error in JSON, as 200'].some((what) => beyond === turnedAway[what]);
    const requests = isFinal ? 3 : 4;
    const limited = staged({ waiting: 2, requests, further: (index) => (index < 2 ? {} : beyond) });
    await using stage = await stagePlay(backend, limited, { sizeBytes, learnedLevel: 3 });
    const fetching = stage.fetch();
    await stage.origin.waitFor((origin) => countOf(origin) >= requests);
    stage.origin.script(playPath, {});
    const { bytes, code } = await fetching;
    expect(code).toBeNull();
    expectVersionA(bytes);
    // Once it is let in again the run splits what is left, as for any server; a storm would be hundreds.
    expect(countOf(stage.origin)).toBeLessThan(16);
  });

  it('F78 an older connection is reset whenever a younger one comes', async () => {
    const [play] = playsOf('F78');
    if (play === undefined) throw new Error('no play');
    await using stage = await stagePlay(backend, play, { sizeBytes, bytesPerSecond: sizeBytes / 6, learnedLevel: 2 });
    const { bytes, code } = await stage.fetch();
    expect(code).toBeNull();
    expectVersionA(bytes);
    const { length } = stage.origin.requestsOf(playPath);
    expect(length).toBeLessThan(10);
    const [lesson] = stage.lessons();
    expect(lesson?.refusedAbove).toBeLessThanOrEqual(2);
    expect(lesson?.refusedBecause).toBeDefined();
    // The next download of this server begins with what was learned.
    stage.origin.change(playPath, { bytesPerSecond: Number.POSITIVE_INFINITY });
    await stage.fetch({ name: 'again.bin' });
    // At most a request and a proof for each connection that was let in.
    expect(stage.origin.requestsOf(playPath).length - length).toBeLessThanOrEqual(2 * (lesson?.refusedAbove ?? 0));
  });

  it.each([
    ['has a status line of junk', { rawHead: '\u0000junk 7\r\n\r\n', keepAlive: false }],
    ['is a server error', { status: 500 }],
    ['is of another range', { headers: { 'Content-Range': 'bytes 1-9/10' }, send: { start: 1, end: 10 } }],
    ['is a page', { body: '<p>Oops', headers: { 'Content-Type': 'text/html' } }],
  ] as const)('F79 one ranged answer %s, all others are good', async (_of, junk) => {
    // The chosen backend and the sockets both meet it.
    const bad = backend !== 'socket' && 'rawHead' in junk ? 2 : 1;
    const once = staged({
      waiting: 8,
      requests: 3 + bad,
      further: (index) => (index >= 1 && index <= bad ? junk : {}),
    });
    await using stage = await stagePlay(backend, once, { sizeBytes, learnedLevel: 3 });
    const { bytes, code } = await stage.fetch();
    expect(code).toBeNull();
    expectVersionA(bytes);
    expect(Math.max(...stage.origin.requestsOf(playPath).map(({ concurrent }) => concurrent))).toBe(3);
    expect(refusals(stage).flat()).not.toContain('http-malformed');
  });

  it.each([
    ['429', { status: 429, headers: { 'Retry-After': '60' } }],
    ['503', { status: 503, headers: { 'Retry-After': '60' } }],
    ['503, and a date', { status: 503, headers: { 'Retry-After': new Date(Date.now() + 600_000).toUTCString() } }],
    ['500', { status: 500, headers: { 'Retry-After': '60' } }],
  ] as const)(
    'F80 a broken connection is replaced by %s with Retry-After, which is waited for',
    async (_of, answer) => {
      const busy = staged({
        waiting: 0,
        requests: 0,
        further: (index) => (index === 0 ? { end: { afterBytes: 100_000, how: 'reset' } } : index === 1 ? answer : {}),
      });
      await using stage = await stagePlay(backend, busy, { sizeBytes: 400_000 });
      const { bytes, code } = await stage.fetch({ maxConnections: 1 });
      expect(code).toBeNull();
      expectVersionA(bytes, 400_000);
      expect(stage.origin.requestsOf(playPath)).toHaveLength(3);
      expect(stage.waits).toMatchObject([{ requests: 2 }]);
      expect(stage.waits[0]?.delayMs).toBeGreaterThan(30_000);
    },
  );

  it('F80 several connections break and one is told to wait: nothing is sent until then', async () => {
    const allBreak = createGate();
    const busy: Pick<Play, 'stage'> = {
      stage: (origin, scale) => {
        origin.serve(playPath, { seed: versionA, ...scale });
        let index = -1;
        origin.script(playPath, (request) => {
          if (isProof(request)) return {};
          index += 1;
          if (index < 3) return { stall: { afterBytes: 64 * 1024, until: createGate() }, resetWhen: allBreak };
          return index === 3 ? { status: 503, headers: { 'Retry-After': '60' } } : {};
        });
      },
    };
    await using stage = await stagePlay(backend, busy, { sizeBytes, learnedLevel: 3 });
    const fetching = stage.fetch({ maxConnections: 3 });
    await stage.origin.waitFor(({ bodyBytesSent }) => bodyBytesSent >= 3 * 64 * 1024);
    allBreak.open();
    const { bytes, code } = await fetching;
    expect(code).toBeNull();
    expectVersionA(bytes);
    expect(stage.waits).toHaveLength(1);
    expect(stage.waits[0]?.delayMs).toBeGreaterThan(30_000);
    // Those that were asked for at the same time bring what they were asked for, and nothing follows them.
    const before = stage.origin.requests.slice(0, stage.waits[0]?.requests);
    expect(before.filter((request) => !isProof(request)).length).toBeLessThanOrEqual(6);
  });
});
