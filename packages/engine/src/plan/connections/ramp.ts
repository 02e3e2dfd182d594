/** The connection ramp: chooses the number of connections of a download, as a pure state machine over samples. */
import type { RampMark, RampSample, RampState, RampWindow } from './ramp-state.ts';

export type { RampSample, RampState } from './ramp-state.ts';

/** No level is judged on less. */
const windowMs = 100;
/** A level that does not pay at once gets this long; one more among many is harder to tell from noise. */
const measureMs = { doubling: 400, probe: 1500 } as const;
/**
 * New connections grow by themselves for a while (slow start, RFC 5681): a level that is
 * measured meanwhile makes the next one seem to help.
 */
const growth = { factor: 1.2, glanceMs: 50, mostMs: 1000 } as const;
/** Connections that have not delivered by then are judged without. */
const openingTimeoutMs = 2000;
/** The gain that a level must show over the baseline, as a fraction. */
const leastGain = 0.1;
/** Nothing from any connection for this long: the server is pacing each of them, and one more gets its own share. */
const silenceMs = 40;
/** From a distant server flights come apart by themselves, and a lost packet holds up those behind it: no pacing yet. */
const latenciesOfSilence = 1.5;
/** Each connection having a share of its own, there is little to be careful about. */
const pacedFactor = 4;
/** The pace is measured anew this often while nothing changes. */
const baselineMs = 1000;
/** When this side was the brake for more of a window than this, more connections bring nothing whatever the figures say. */
const mostThrottled = 0.5;
const probeMs = { first: 5000, refused: 30_000, most: 120_000 } as const;

/**
 * @param options `ceiling`: the user's number; `learned`: the level of this host's lesson; `refusedAbove`: more than so
 *   many it turned away then, which is tried again when the level has settled
 */
export function initialRamp(options: {
  readonly ceiling: number;
  readonly learned?: number;
  readonly refusedAbove?: number | null;
}): RampState {
  const ceiling = Math.max(1, Math.floor(options.ceiling));
  const limit = options.refusedAbove ?? ceiling;
  const allowed = Math.min(ceiling, Math.max(1, Math.floor(limit)));
  const learned = Math.min(allowed, Math.max(1, Math.floor(options.learned ?? 1)));
  return {
    phase: { kind: 'opening', sinceMs: null, isProbe: false },
    ceiling,
    allowed,
    wanted: learned,
    rememberedLimit: allowed < ceiling ? allowed : null,
    isLearned: learned > 1,
    isPaced: false,
    baseline: null,
    last: null,
    probeIntervalMs: probeMs.first,
  };
}

/** The same ramp under another ceiling: a user may move it at any time. */
export function withCeiling(state: RampState, ceiling: number): RampState {
  const moved = Math.max(1, Math.floor(ceiling));
  if (moved === state.ceiling) return state;
  const allowed = state.allowed < state.ceiling ? Math.min(state.allowed, moved) : moved;
  return { ...state, ceiling: moved, allowed, wanted: Math.min(state.wanted, moved) };
}

/** The lesson of this run for the next download from the host; null until a level has settled. */
export function rampLesson(state: RampState): { readonly level: number; readonly refusedAbove: number | null } | null {
  if (state.phase.kind !== 'settled' || state.baseline === null) return null;
  return { level: state.baseline.level, refusedAbove: state.allowed < state.ceiling ? state.allowed : null };
}

/**
 * Takes a sample in and says how many connections there should be now; fewer than are open means to close some.
 * Samples every 20-100 ms serve best: a level takes about three of them.
 */
export function rampStep(state: RampState, sample: RampSample): { readonly state: RampState; readonly wanted: number } {
  const known = sample.hasNewLink === true ? withNewLink(state) : state;
  const heard = sample.refusedSinceLast > 0 ? afterRefusal(known, sample) : withoutDisproved(known, sample);
  const stepped = step(heard, sample);
  const next = { ...stepped, last: mark(state.last, sample) };
  return { state: next, wanted: next.wanted };
}

/** Remembers the sample, when the line was last busy, and how far samples lie apart. */
function mark(last: RampMark | null, sample: RampSample): RampMark {
  const { atMs, receivedBytes } = sample;
  if (last === null) return { atMs, receivedBytes, busyAtMs: atMs, intervalMs: 0 };
  const isBusy = receivedBytes > last.receivedBytes || sample.wasThrottled === true;
  return { atMs, receivedBytes, busyAtMs: isBusy ? atMs : last.busyAtMs, intervalMs: atMs - last.atMs };
}

/** The server lets no more in: what it turned down is not asked for again soon. */
function afterRefusal(state: RampState, sample: RampSample): RampState {
  const sure = state.baseline !== null && state.baseline.level < state.wanted ? state.baseline.level : 1;
  const fewer = Math.max(sure, state.wanted - sample.refusedSinceLast);
  const allowed = sample.letsIn === undefined ? fewer : Math.max(1, Math.min(fewer, sample.letsIn));
  const probeIntervalMs = Math.min(probeMs.most, Math.max(probeMs.refused, state.probeIntervalMs * 2));
  const lowered = { ...state, allowed, wanted: allowed, probeIntervalMs, rememberedLimit: null };
  return state.phase.kind === 'settled' ? settle(lowered, sample) : lowered;
}

/** What one link turned away, or did not reward, says nothing of another: one connection more is tried at once. */
function withNewLink(state: RampState): RampState {
  const { phase, ceiling } = state;
  const lifted = { ...state, allowed: ceiling, rememberedLimit: null, probeIntervalMs: probeMs.first };
  return phase.kind === 'settled' ? { ...lifted, phase: { ...phase, probeAtMs: 0 } } : lifted;
}

/** More connections deliver than were let in once: what was remembered is no longer so. */
function withoutDisproved(state: RampState, sample: RampSample): RampState {
  if (state.rememberedLimit === null || sample.openConnections <= state.rememberedLimit) return state;
  return { ...state, allowed: state.ceiling, rememberedLimit: null };
}

function step(state: RampState, sample: RampSample): RampState {
  switch (state.phase.kind) {
    case 'opening':
      return whileOpening(state, state.phase, sample);
    case 'measuring':
      return whileMeasuring(state, state.phase, sample);
    case 'settled':
      return whileSettled(state, state.phase, sample);
    default:
      return state.phase satisfies never;
  }
}

type Phase<K extends RampState['phase']['kind']> = Extract<RampState['phase'], { kind: K }>;

function whileOpening(state: RampState, phase: Phase<'opening'>, sample: RampSample): RampState {
  if (state.baseline !== null && state.wanted <= state.baseline.level) return settle(state, sample);
  const sinceMs = phase.sinceMs ?? sample.atMs;
  const waitedMs = sample.atMs - sinceMs;
  const late = waitedMs >= openingTimeoutMs && sample.openConnections > 0;
  if (sample.openConnections < state.wanted && !late) return { ...state, phase: { ...phase, sinceMs } };
  return { ...state, phase: startMeasuring(sample, phase.isProbe) };
}

function whileMeasuring(state: RampState, phase: Phase<'measuring'>, sample: RampSample): RampState {
  const window = widen(phase.window, state.last, sample);
  const measured = measure(window, sample);
  const { elapsedMs, bytesPerSecond } = measured;
  const onward = { ...state, phase: { ...phase, window, isSteady: true } };
  if (isSilent(state.last, sample)) return { ...accept(state, measured, pacedFactor), isPaced: true };
  const isFirst = phase.earlierBytesPerSecond === null && !phase.isSteady && !state.isPaced;
  if (elapsedMs < leastWindowMs(isFirst, sample)) return { ...state, phase: { ...phase, window } };
  if (mayStillGrow(state, phase, measured)) {
    return { ...state, phase: { ...phase, window: windowFrom(sample), earlierBytesPerSecond: bytesPerSecond } };
  }
  const isEarly = elapsedMs < (phase.isProbe ? measureMs.probe : measureMs.doubling);
  if (measured.isThrottled) return isEarly ? onward : fallBack(state, measured);
  if (state.baseline === null || state.baseline.bytesPerSecond === 0) return accept(state, measured);
  const gain = bytesPerSecond / state.baseline.bytesPerSecond - 1;
  const fullGain = state.wanted / state.baseline.level - 1;
  if (gain >= fullGain / 2) return accept(state, measured, state.isPaced ? pacedFactor : 2);
  if (isEarly) return onward;
  return gain >= Math.min(leastGain, fullGain / 2) ? accept(state, measured) : fallBack(state, measured);
}

/** Bytes from a distant server come in flights: less than one flight says nothing. */
function leastWindowMs(isFirst: boolean, { latencyMs = 0 }: RampSample): number {
  return isFirst ? Math.max(growth.glanceMs, latencyMs / 2) : Math.max(windowMs, (latencyMs * 3) / 4);
}

function startMeasuring(sample: RampSample, isProbe: boolean): Phase<'measuring'> {
  const window = windowFrom(sample);
  return { kind: 'measuring', window, isProbe, sinceMs: sample.atMs, earlierBytesPerSecond: null, isSteady: false };
}

/** A server that paces its connections, and a side that holds them back, have nothing to wait for. */
function mayStillGrow(state: RampState, phase: Phase<'measuring'>, measured: Measured): boolean {
  if (phase.isSteady || state.isPaced || measured.isThrottled) return false;
  if (measured.sample.atMs - phase.sinceMs >= growth.mostMs) return false;
  const earlier = phase.earlierBytesPerSecond;
  return earlier === null || measured.bytesPerSecond > earlier * growth.factor;
}

function windowFrom(sample: RampSample): RampWindow {
  return { fromMs: sample.atMs, fromBytes: sample.receivedBytes, throttledMs: 0 };
}

function widen(window: RampWindow, last: RampMark | null, sample: RampSample): RampWindow {
  if (sample.wasThrottled !== true || last === null) return window;
  return { ...window, throttledMs: window.throttledMs + (sample.atMs - last.atMs) };
}

interface Measured {
  readonly sample: RampSample;
  readonly elapsedMs: number;
  readonly bytesPerSecond: number;
  readonly isThrottled: boolean;
}

function measure(window: RampWindow, sample: RampSample): Measured {
  const elapsedMs = sample.atMs - window.fromMs;
  const bytesPerSecond = elapsedMs > 0 ? ((sample.receivedBytes - window.fromBytes) * 1000) / elapsedMs : 0;
  return {
    sample,
    elapsedMs,
    bytesPerSecond,
    isThrottled: elapsedMs > 0 && window.throttledMs > elapsedMs * mostThrottled,
  };
}

/**
 * A sample that came late says that this process was busy, not that the server was quiet: its bytes are waiting.
 */
function isSilent(last: RampMark | null, sample: RampSample): boolean {
  if (last === null || sample.receivedBytes > last.receivedBytes || sample.wasThrottled === true) return false;
  const onTime = last.intervalMs === 0 || sample.atMs - last.atMs < last.intervalMs * 1.5;
  const least = Math.max(silenceMs, (sample.latencyMs ?? 0) * latenciesOfSilence);
  return onTime && sample.atMs - last.busyAtMs >= least;
}

/** Accepts this level as the baseline: tries twice as many, or settles at the top. A learned level settles at once. */
function accept(state: RampState, measured: Measured, factor = 2): RampState {
  const baseline = { level: state.wanted, bytesPerSecond: measured.bytesPerSecond };
  const accepted = { ...state, baseline, isLearned: false, probeIntervalMs: probeMs.first };
  if (state.wanted >= state.allowed || state.isLearned) return settle(accepted, measured.sample);
  return open(accepted, { wanted: state.wanted * factor, isProbe: false });
}

/** Falls back to the baseline; after a collapse the higher level is not tried again for long. */
function fallBack(state: RampState, measured: Measured): RampState {
  const baseline = state.baseline ?? { level: state.wanted, bytesPerSecond: measured.bytesPerSecond };
  const collapsed = measured.bytesPerSecond < baseline.bytesPerSecond / 2 && !measured.isThrottled;
  const longer = Math.max(state.probeIntervalMs * 2, collapsed ? probeMs.refused : 0);
  const probeIntervalMs = Math.min(probeMs.most, longer);
  return settle({ ...state, baseline, wanted: baseline.level, isLearned: false, probeIntervalMs }, measured.sample);
}

function open(state: RampState, next: { readonly wanted: number; readonly isProbe: boolean }): RampState {
  const wanted = Math.min(state.allowed, next.wanted);
  return { ...state, wanted, phase: { kind: 'opening', sinceMs: null, isProbe: next.isProbe } };
}

function settle(state: RampState, sample: RampSample): RampState {
  const probeAtMs = sample.atMs + state.probeIntervalMs;
  return { ...state, phase: { kind: 'settled', window: windowFrom(sample), probeAtMs } };
}

/** Keeps the pace up to date and tries a little more now and then: links and servers change. */
function whileSettled(state: RampState, phase: Phase<'settled'>, sample: RampSample): RampState {
  const window = widen(phase.window, state.last, sample);
  const { elapsedMs, bytesPerSecond, isThrottled } = measure(window, sample);
  const restarted = { ...phase, window: windowFrom(sample) };
  if (sample.openConnections < state.wanted || state.baseline === null) return { ...state, phase: restarted };
  if (elapsedMs < baselineMs) return { ...state, phase: { ...phase, window } };
  if (isThrottled) return { ...state, phase: restarted };
  const baseline = { level: state.wanted, bytesPerSecond: (state.baseline.bytesPerSecond + bytesPerSecond) / 2 };
  const measured = { ...state, baseline, phase: restarted };
  if (state.wanted >= state.ceiling || sample.atMs < phase.probeAtMs) return measured;
  const wanted = state.wanted + Math.max(1, Math.floor(state.wanted / 4));
  // A server that refused gets one more chance for one more connection.
  const allowed = Math.max(state.allowed, Math.min(state.ceiling, state.wanted + 1));
  return open({ ...measured, allowed }, { wanted, isProbe: true });
}
