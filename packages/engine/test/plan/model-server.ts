/** Plays a download against a modelled server in virtual time, to see what the ramp makes of it. */
import { initialRamp, type RampState, rampStep } from '../../src/plan/connections/ramp.ts';

export interface ModelServer {
  /** From the request for a connection to its first byte. */
  readonly openMs: number;
  /** Connections beyond this are turned down. */
  readonly lets?: number;
  /** Connections beyond this are taken and never answered. */
  readonly answers?: number;
  /** Bytes that arrive in a step, given the age in ms of each delivering connection. */
  readonly arrive: (agesMs: readonly number[], stepMs: number, atMs: number) => number;
}

export interface Play {
  readonly ceiling?: number;
  readonly learned?: number;
  readonly tickMs?: number;
  readonly forMs: number;
  /** As the first request has shown it. */
  readonly latencyMs?: number;
  /** Whether this side was the brake at any moment between two ticks, given the bytes that came. */
  readonly wasThrottled?: (gainedBytes: number) => boolean;
}

export interface Played {
  readonly state: RampState;
  readonly receivedBytes: number;
  readonly refusals: number;
  /** Every change of what was wanted, as `[atMs, wanted]`. */
  readonly changes: readonly (readonly [atMs: number, wanted: number])[];
  /** What was wanted at a time. */
  readonly wantedAt: (atMs: number) => number;
  /** When `level` was first wanted; Infinity for never. */
  readonly reachedMs: (level: number) => number;
}

const stepMs = 5;

export function play(server: ModelServer, options: Play): Played {
  const { ceiling = 16, tickMs = 50, forMs } = options;
  let state = initialRamp({ ceiling, ...(options.learned === undefined ? {} : { learned: options.learned }) });
  let connections: { readonly openedMs: number; readonly refused: boolean }[] = [{ openedMs: 0, refused: false }];
  const changes: [number, number][] = [[0, 1]];
  let receivedBytes = 0;
  let refusals = 0;
  let refusedSinceLast = 0;
  let nextTickMs = tickMs;
  let seenBytes = 0;
  for (let atMs = 0; atMs <= forMs; atMs += stepMs) {
    const arrived = connections.slice(0, server.answers).filter(({ openedMs }) => atMs >= openedMs + server.openMs);
    const turnedDown = arrived.filter(({ refused }) => refused);
    refusedSinceLast += turnedDown.length;
    refusals += turnedDown.length;
    connections = connections.filter((one) => !turnedDown.includes(one));
    const delivering = arrived.filter(({ refused }) => !refused);
    receivedBytes += server.arrive(
      delivering.map(({ openedMs }) => atMs - openedMs - server.openMs),
      stepMs,
      atMs,
    );
    if (atMs < nextTickMs) continue;
    nextTickMs = atMs + tickMs;
    const wasThrottled = options.wasThrottled?.(receivedBytes - seenBytes) ?? false;
    seenBytes = receivedBytes;
    const openConnections = delivering.length;
    const latencyMs = options.latencyMs ?? 0;
    const sample = { atMs, receivedBytes, openConnections, refusedSinceLast, wasThrottled, latencyMs };
    const stepped = rampStep(state, sample);
    state = stepped.state;
    refusedSinceLast = 0;
    if (stepped.wanted !== changes.at(-1)?.[1]) changes.push([atMs, stepped.wanted]);
    connections = connections.slice(0, stepped.wanted);
    while (connections.length < stepped.wanted) {
      const refused = server.lets !== undefined && connections.length >= server.lets;
      connections.push({ openedMs: atMs, refused });
    }
  }
  return {
    state,
    receivedBytes,
    refusals,
    changes,
    wantedAt: (atMs) => changes.findLast(([at]) => at <= atMs)?.[1] ?? 1,
    reachedMs: (level) => changes.find(([, wanted]) => wanted >= level)?.[0] ?? Number.POSITIVE_INFINITY,
  };
}

/** Uniform in [0, 1), the same for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Multiplies by 1 ± `share`, anew for each step. */
export function noisy(arrive: ModelServer['arrive'], share: number, random: () => number): ModelServer['arrive'] {
  // What a network does to a flow lasts longer than a step: the same factor holds for 50 ms.
  let factor = 1;
  return (agesMs, step, atMs) => {
    if (atMs % 50 === 0) factor = 1 + share * (2 * random() - 1);
    return arrive(agesMs, step, atMs) * factor;
  };
}

/** Each connection gets its own rate, smoothly. */
export function perConnection(bytesPerSecond: number): ModelServer['arrive'] {
  return (agesMs, step) => (agesMs.length * bytesPerSecond * step) / 1000;
}

/** Each connection gets a burst, then nothing until it has been slow enough on average: how nginx limits. */
export function inBursts(burstBytes: number, everyMs: number): ModelServer['arrive'] {
  return (agesMs, step) => agesMs.filter((ageMs) => ageMs % everyMs < step).length * burstBytes;
}

/** All connections share one rate, whatever their number, but for `extra` more with each. */
export function shared(bytesPerSecond: number, extra = 0): ModelServer['arrive'] {
  return (agesMs, step) => {
    if (agesMs.length === 0) return 0;
    return (bytesPerSecond * (1 + extra * (agesMs.length - 1)) * step) / 1000;
  };
}
