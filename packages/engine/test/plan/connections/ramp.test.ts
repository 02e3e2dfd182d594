import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { initialRamp, rampLesson, type RampSample, rampStep, withCeiling } from '../../../src/plan/connections/ramp.ts';
import { inBursts, type ModelServer, noisy, perConnection, play, seededRandom, shared } from '../model-server.ts';

const mega = 1_000_000;
const seeds = Array.from({ length: 40 }, (_, seed) => seed + 1);

describe('a server that limits each connection to 4 MB/s', () => {
  const servers: readonly (readonly [string, ModelServer])[] = [
    ['smoothly', { openMs: 5, arrive: perConnection(4 * mega) }],
    ['in bursts of 2 MB', { openMs: 5, arrive: inBursts(2.1 * mega, 500) }],
    ['in bursts of 1.2 MB', { openMs: 5, arrive: inBursts(1.2 * mega, 300) }],
    ['in bursts of 800 KB', { openMs: 5, arrive: inBursts(0.8 * mega, 200) }],
    ['in bursts of 16 KB', { openMs: 5, arrive: inBursts(16_000, 4) }],
  ];

  test.each(servers)('%s: all 16 are earned within 0.8 s', (_, server) => {
    const played = play(server, { forMs: 10_000 });
    expect(played.reachedMs(16)).toBeLessThanOrEqual(800);
    expect(played.wantedAt(10_000)).toBe(16);
  });

  test.each(servers.slice(1, 4))('%s: its silence says so sooner', (_, server) => {
    expect(play(server, { forMs: 1000 }).reachedMs(16)).toBeLessThanOrEqual(450);
  });

  test.each(servers)('%s: with no more than the ceiling', (_, server) => {
    expect(play(server, { forMs: 3000, ceiling: 6 }).wantedAt(3000)).toBe(6);
  });

  test('with a fifth of noise', () => {
    for (const seed of seeds) {
      const server = { openMs: 20, arrive: noisy(perConnection(4 * mega), 0.2, seededRandom(seed)) };
      expect(play(server, { forMs: 10_000 }).reachedMs(16)).toBeLessThanOrEqual(2000);
    }
  });
});

describe('a fast link that one connection fills', () => {
  test('takes no silence of a distant server for pacing', () => {
    // Flights of one round trip each, and now and then one that waits for a lost packet.
    const arrive = (_agesMs: readonly number[], stepMs: number, atMs: number): number =>
      atMs % 50 < stepMs && atMs % 400 >= 50 ? (5 * mega) / 20 : 0;
    const played = play({ openMs: 100, arrive }, { forMs: 4000, tickMs: 25, latencyMs: 100 });
    expect(played.reachedMs(4)).toBe(Number.POSITIVE_INFINITY);
    expect(played.state.isPaced).toBe(false);
  });

  test.each([20, 50, 100])('takes the growth of a connection over %s ms of round trip for its own', (roundTripMs) => {
    const grown = (ageMs: number): number => 300_000 * 2 ** Math.min(20, ageMs / roundTripMs);
    const arrive = (agesMs: readonly number[], stepMs: number): number =>
      (Math.min(
        25 * mega,
        agesMs.reduce((sum, ageMs) => sum + grown(ageMs), 0),
      ) *
        stepMs) /
      1000;
    const played = play({ openMs: 2 * roundTripMs, arrive }, { forMs: 4000, tickMs: 25 });
    expect(played.reachedMs(4)).toBe(Number.POSITIVE_INFINITY);
    expect(played.wantedAt(4000)).toBe(1);
  });

  test('keeps one', () => {
    const played = play({ openMs: 1, arrive: shared(1000 * mega) }, { forMs: 4000 });
    expect(played.wantedAt(4000)).toBe(1);
    expect(Math.max(...played.changes.map(([, wanted]) => wanted))).toBe(2);
  });

  test('settles at one or two with noise, and is not tempted to more than four', () => {
    for (const seed of seeds) {
      const server = { openMs: 1, arrive: noisy(shared(1000 * mega, 0.03), 0.1, seededRandom(seed)) };
      const played = play(server, { forMs: 4000 });
      expect(played.wantedAt(4000)).toBeLessThanOrEqual(2);
      expect(Math.max(...played.changes.map(([, wanted]) => wanted))).toBeLessThanOrEqual(4);
    }
  });

  test('takes two when two pay', () => {
    const arrive: ModelServer['arrive'] = (ages, step) => (Math.min(ages.length, 2) * 500 * mega * step) / 1000;
    expect(play({ openMs: 1, arrive }, { forMs: 4000 }).wantedAt(4000)).toBe(2);
  });
});

test('a server that shares one rate among all connections gets no crowd', () => {
  for (const seed of seeds) {
    const server = { openMs: 30, arrive: noisy(shared(20 * mega), 0.1, seededRandom(seed)) };
    expect(play(server, { forMs: 4000 }).wantedAt(4000)).toBeLessThanOrEqual(2);
  }
});

describe('F24 a server that refuses further connections', () => {
  const server = { openMs: 10, lets: 4, arrive: perConnection(4 * mega) };

  test('keeps those it lets in, and is hardly asked again', () => {
    const played = play(server, { forMs: 600_000 });
    expect(played.wantedAt(5000)).toBe(4);
    expect(played.changes.filter(([atMs, wanted]) => atMs > 1000 && wanted < 4)).toEqual([]);
    expect(played.refusals).toBeLessThan(4 + 12);
    expect(rampLesson(played.state)).toEqual({ level: 4, refusedAbove: 4 });
  });

  test('costs nothing against having asked for four', () => {
    const knew = play({ ...server, lets: 16 }, { forMs: 20_000, ceiling: 4 });
    expect(play(server, { forMs: 20_000 }).receivedBytes).toBeGreaterThan(knew.receivedBytes * 0.98);
  });

  test('even the second', () => {
    expect(play({ ...server, lets: 1 }, { forMs: 20_000 }).wantedAt(20_000)).toBe(1);
  });

  test('may change its mind', () => {
    let state = play(server, { forMs: 5000 }).state;
    const sample = (atMs: number, openConnections: number): RampSample => {
      return { atMs, receivedBytes: atMs * openConnections * 4000, openConnections, refusedSinceLast: 0 };
    };
    let wanted = 4;
    for (let atMs = 5000; atMs < 400_000; atMs += 50) {
      const stepped = rampStep(state, sample(atMs, wanted));
      ({ state, wanted } = stepped);
    }
    expect(wanted).toBeGreaterThan(4);
  });
});

test('a server that leaves further connections hanging is not waited for', () => {
  const server = { openMs: 10, answers: 4, arrive: perConnection(4 * mega) };
  const played = play(server, { forMs: 5000 });
  expect(played.reachedMs(8)).toBeLessThan(1000);
  expect(played.wantedAt(5000)).toBe(4);
});

test('a gain of a fifth for each doubling is found through noise', () => {
  const pace: ModelServer['arrive'] = (ages, step) =>
    (4 * mega * 1.2 ** Math.log2(Math.max(1, ages.length)) * step) / 1000;
  const levels = seeds.map((seed) => {
    const server = { openMs: 10, arrive: noisy(pace, 0.1, seededRandom(seed)) };
    return play(server, { forMs: 4000 }).wantedAt(4000);
  });
  expect(levels.filter((level) => level === 16).length).toBeGreaterThan(seeds.length * 0.85);
});

test('a crowd that halves the pace is sent home, and not called again for long', () => {
  const arrive: ModelServer['arrive'] = (ages, step) => {
    const pace = ages.length <= 4 ? ages.length * 4 * mega : 6 * mega;
    return (pace * step) / 1000;
  };
  const played = play({ openMs: 10, arrive }, { forMs: 25_000 });
  expect(played.wantedAt(2000)).toBe(4);
  expect(played.changes.filter(([atMs]) => atMs > 2000)).toEqual([]);
});

describe('a long way', () => {
  /** Each connection grows to 1 MB/s over its first 800 ms. */
  const growing: ModelServer['arrive'] = (ages, step) =>
    ages.reduce((sum, ageMs) => sum + mega * Math.min(1, (ageMs + 50) / 800), 0) * (step / 1000);

  test.each([100, 300, 600])('of %i ms to the first byte is no reason to stop early', (openMs) => {
    const played = play({ openMs, arrive: growing }, { forMs: 10_000 });
    expect(played.reachedMs(16)).toBeLessThanOrEqual(4 * openMs + 4 * 400 + 400);
  });
});

describe('what is not the server', () => {
  test('a speed limit of this side earns nothing, smooth or in bursts', () => {
    for (const arrive of [shared(mega), inBursts(64_000, 640)]) {
      const played = play({ openMs: 5, arrive }, { forMs: 60_000, wasThrottled: () => true });
      expect(played.changes).toEqual([[0, 1]]);
    }
  });

  test('a disk that is slow for the moment of a burst hides no silence', () => {
    const server = { openMs: 5, arrive: inBursts(2.1 * mega, 500) };
    const played = play(server, { forMs: 3000, wasThrottled: (gainedBytes) => gainedBytes > 0 });
    expect(played.reachedMs(16)).toBeLessThanOrEqual(600);
  });

  test('a disk that is slow now and then is no reason to stop trying', () => {
    let ticks = 0;
    const wasThrottled = (): boolean => {
      ticks += 1;
      return ticks % 5 === 0;
    };
    const played = play({ openMs: 5, arrive: perConnection(4 * mega) }, { forMs: 20_000, wasThrottled, learned: 4 });
    expect(played.wantedAt(20_000)).toBe(16);
  });

  test('a busy process that looks late has not seen silence', () => {
    let state = initialRamp({ ceiling: 16 });
    let wanted = 1;
    // When a look comes late, what has arrived meanwhile is still in the socket: it is seen with the next one.
    const sightings = [50, 100, 150, 200, 250, 300, 350, 550, 600, 650, 700, 900, 950, 1000].map((atMs, index, all) => {
      const before = all[index - 1] ?? 0;
      return { atMs, seenUntilMs: atMs - before > 50 ? before : atMs };
    });
    for (const { atMs, seenUntilMs } of sightings) {
      const sample = { atMs, receivedBytes: seenUntilMs * mega, openConnections: wanted, refusedSinceLast: 0 };
      ({ state, wanted } = rampStep(state, sample));
      expect(wanted).toBeLessThanOrEqual(2);
    }
  });

  test('a single connection that has not begun is waited for', () => {
    expect(play({ openMs: 5000, arrive: perConnection(mega) }, { forMs: 4900 }).changes).toEqual([[0, 1]]);
  });
});

describe('later', () => {
  test('more is tried now and then, ever less often while it does not pay', () => {
    const played = play({ openMs: 5, arrive: shared(100 * mega) }, { forMs: 600_000 });
    const tries = played.changes.filter(([, wanted]) => wanted === 2).map(([atMs]) => atMs);
    expect(tries.length).toBeGreaterThan(3);
    expect(tries.length).toBeLessThan(12);
    const pauses = tries.slice(1).map((atMs, index) => atMs - (tries[index] ?? 0));
    expect(pauses.every((pause, index) => pause >= (pauses[index - 1] ?? 0) - 2000)).toBe(true);
  });

  test('a server that begins to reward more gets more', () => {
    const arrive: ModelServer['arrive'] = (ages, step, atMs) =>
      atMs < 3000 ? shared(4 * mega)(ages, step, atMs) : perConnection(4 * mega)(ages, step, atMs);
    const played = play({ openMs: 5, arrive }, { forMs: 15_000 });
    expect(played.wantedAt(3000)).toBe(1);
    expect(played.wantedAt(15_000)).toBe(16);
  });
});

describe('what was learned before', () => {
  const server = { openMs: 10, arrive: perConnection(4 * mega) };

  test('is where the next download starts', () => {
    expect(play(server, { forMs: 1000, learned: 8 }).reachedMs(8)).toBeLessThanOrEqual(50);
  });

  test('is not gone beyond at once, and left when it pays no more', () => {
    expect(play(server, { forMs: 4000, learned: 4 }).wantedAt(4000)).toBe(4);
    expect(play(server, { forMs: 20_000, learned: 4 }).wantedAt(20_000)).toBe(16);
  });

  test('never exceeds the ceiling', () => {
    expect(initialRamp({ ceiling: 3, learned: 8 }).wanted).toBe(3);
    expect(initialRamp({ ceiling: 0 }).wanted).toBe(1);
  });

  test('is told once a level has settled', () => {
    expect(rampLesson(initialRamp({ ceiling: 8 }))).toBeNull();
    expect(rampLesson(play(server, { forMs: 3000, ceiling: 8 }).state)).toEqual({ level: 8, refusedAbove: null });
  });
});

describe('a ceiling that moves', () => {
  const settled = play({ openMs: 5, arrive: perConnection(4 * mega) }, { forMs: 3000, ceiling: 8 }).state;

  test('down takes effect at once', () => {
    expect(withCeiling(settled, 2)).toMatchObject({ ceiling: 2, allowed: 2, wanted: 2 });
  });

  test('up leaves room to earn more', () => {
    expect(withCeiling(settled, 32)).toMatchObject({ ceiling: 32, allowed: 32, wanted: 8 });
  });

  test('up does not make a server forget its refusal', () => {
    const refused = play({ openMs: 5, lets: 2, arrive: perConnection(mega) }, { forMs: 3000, ceiling: 8 }).state;
    expect(withCeiling(refused, 32)).toMatchObject({ ceiling: 32, allowed: 2 });
  });
});

test('whatever the samples, what is wanted lies between one and the ceiling', () => {
  const sample = fc.record({
    afterMs: fc.integer({ min: 0, max: 5000 }),
    bytes: fc.nat(1e9),
    openConnections: fc.nat(40),
    refusedSinceLast: fc.oneof(fc.constant(0), fc.nat(40)),
    wasThrottled: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 64 }),
      fc.nat(64),
      fc.array(sample, { maxLength: 60 }),
      (ceiling, learned, samples) => {
        let state = initialRamp({ ceiling, learned });
        let atMs = 0;
        let receivedBytes = 0;
        for (const { afterMs, bytes, ...rest } of samples) {
          atMs += afterMs;
          receivedBytes += bytes;
          const stepped = rampStep(state, { atMs, receivedBytes, ...rest });
          state = stepped.state;
          expect(stepped.wanted).toBe(state.wanted);
          expect(stepped.wanted).toBeGreaterThanOrEqual(1);
          expect(stepped.wanted).toBeLessThanOrEqual(ceiling);
          expect(state.allowed).toBeLessThanOrEqual(ceiling);
        }
      },
    ),
    { numRuns: 500 },
  );
});

describe('a link that lets one connection in', () => {
  /** @param joinsAtMs from then on another link to the same file may take connections */
  function wantedAfter(joinsAtMs: number | null): number {
    let state = initialRamp({ ceiling: 8 });
    let receivedBytes = 0;
    let most = 0;
    for (let atMs = 0; atMs < 6000; atMs += 25) {
      const limit = joinsAtMs !== null && atMs >= joinsAtMs ? 8 : 1;
      const open = Math.min(limit, state.wanted);
      receivedBytes += open * 25_000;
      const hasNewLink = atMs === joinsAtMs;
      const sample = { atMs, receivedBytes, openConnections: open, refusedSinceLast: state.wanted - open, hasNewLink };
      ({ state } = rampStep(state, sample));
      if (atMs > 1000) most = Math.max(most, state.wanted);
    }
    return most;
  }

  test('is asked for no further one for long, unless another link joins it', () => {
    expect(wantedAfter(null)).toBe(1);
    expect(wantedAfter(3000)).toBeGreaterThan(1);
  });
});
