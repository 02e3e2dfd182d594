/** The connection ramp: how many connections a download has earned, as a pure state machine over samples. */

/** One look at a running download. */
export interface RampSample {
  /** Monotonic. */
  readonly atMs: number;
  /** In total, over all connections. */
  readonly receivedBytes: number;
  /** Connections that have delivered at least one byte of their body and are not over. */
  readonly openConnections: number;
  /** New connections the server turned down (503, 429, reset before the first byte) since the last sample. */
  readonly refusedSinceLast: number;
}

export interface RampState {
  /** `opening`: waits for the wanted connections to deliver; `measuring`: sees what they bring; `settled`: content. */
  readonly phase: 'opening' | 'measuring' | 'settled';
  readonly ceiling: number;
  /** How many the server lets in, as far as it has shown; the ceiling or less. */
  readonly allowed: number;
  readonly wanted: number;
  /** The last level that was worth its connections, and what it brought; null before the first measure. */
  readonly paid: { readonly level: number; readonly bytesPerSecond: number } | null;
  /** Start of the phase or of the window that is being measured. */
  readonly since: RampSample | null;
  /** When to try more again, and how long to wait after the next failure. */
  readonly probeAtMs: number;
  readonly probeIntervalMs: number;
}

const windowMs = 100;
/** Connections that take longer than this to deliver are measured without. */
const openingPatienceMs = 2000;
const gainThreshold = 1.1;
const firstProbeMs = 5000;
const maxProbeMs = 120_000;

/** @param options `ceiling`: the user's number; `learned`: what this host rewarded before */
export function initialRamp(options: { readonly ceiling: number; readonly learned?: number }): RampState {
  const ceiling = Math.max(1, Math.floor(options.ceiling));
  return {
    phase: 'opening',
    ceiling,
    allowed: ceiling,
    wanted: Math.min(ceiling, Math.max(1, Math.floor(options.learned ?? 1))),
    paid: null,
    since: null,
    probeAtMs: 0,
    probeIntervalMs: firstProbeMs,
  };
}

/** Takes a sample in and says how many connections there should be now. Samples every 20-100 ms serve best. */
export function rampStep(state: RampState, sample: RampSample): { readonly state: RampState; readonly wanted: number } {
  const next = sample.refusedSinceLast > 0 ? afterRefusal(state, sample) : advance(state, sample);
  return { state: next, wanted: next.wanted };
}

/** The server lets no more in: keep those that work, and do not ask again soon. */
function afterRefusal(state: RampState, sample: RampSample): RampState {
  const working = Math.max(1, Math.min(sample.openConnections, state.wanted));
  return settle({ ...state, allowed: working, wanted: working }, sample, state.probeIntervalMs * 4);
}

function advance(state: RampState, sample: RampSample): RampState {
  switch (state.phase) {
    case 'opening': {
      const since = state.since ?? sample;
      const late = sample.atMs - since.atMs >= openingPatienceMs && sample.openConnections > 0;
      if (sample.openConnections >= state.wanted || late) return { ...state, phase: 'measuring', since: sample };
      return { ...state, since };
    }
    case 'measuring':
      return measure(state, sample);
    case 'settled':
      return sample.atMs >= state.probeAtMs && state.wanted < state.allowed
        ? { ...state, phase: 'opening', wanted: Math.min(state.allowed, state.wanted * 2), since: null }
        : state;
    default:
      return state.phase satisfies never;
  }
}

function measure(state: RampState, sample: RampSample): RampState {
  const since = state.since ?? sample;
  const elapsedMs = sample.atMs - since.atMs;
  if (elapsedMs < windowMs) return state;
  const bytesPerSecond = ((sample.receivedBytes - since.receivedBytes) * 1000) / elapsedMs;
  const { paid } = state;
  if (paid !== null && bytesPerSecond < paid.bytesPerSecond * gainThreshold) {
    const collapsed = bytesPerSecond < paid.bytesPerSecond / 2;
    return settle({ ...state, wanted: paid.level }, sample, state.probeIntervalMs * (collapsed ? 4 : 2));
  }
  const earned = { ...state, paid: { level: state.wanted, bytesPerSecond } };
  if (state.wanted >= state.allowed) return settle(earned, sample, state.probeIntervalMs);
  return { ...earned, phase: 'opening', wanted: Math.min(state.allowed, state.wanted * 2), since: null };
}

function settle(state: RampState, sample: RampSample, probeIntervalMs: number): RampState {
  const intervalMs = Math.min(maxProbeMs, probeIntervalMs);
  return {
    ...state,
    phase: 'settled',
    since: sample,
    probeAtMs: sample.atMs + intervalMs,
    probeIntervalMs: intervalMs,
  };
}
