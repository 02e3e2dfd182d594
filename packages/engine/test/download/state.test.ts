import type { DownloadState } from '@sluice/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DownloadEvent, isOver, restingState, transition } from '../../src/download/state.ts';

const error = { code: 'stalled' } as const;
const states: Record<DownloadState['kind'], DownloadState> = {
  queued: { kind: 'queued' },
  running: { kind: 'running', phase: 'transferring' },
  waiting: { kind: 'waiting', error, retryAtMs: 5000, attempt: 2 },
  paused: { kind: 'paused' },
  failed: { kind: 'failed', error },
  finished: { kind: 'finished', finishedAtMs: 9 },
  cancelled: { kind: 'cancelled' },
};
const events: Record<DownloadEvent['kind'], DownloadEvent> = {
  start: { kind: 'start' },
  phase: { kind: 'phase', phase: 'finishing' },
  pause: { kind: 'pause' },
  resume: { kind: 'resume' },
  retry: { kind: 'retry' },
  keep: { kind: 'keep' },
  cancel: { kind: 'cancel' },
  finished: { kind: 'finished', atMs: 77 },
  failed: { kind: 'failed', error },
  wait: { kind: 'wait', error, retryAtMs: 6000, attempt: 1 },
  due: { kind: 'due' },
  interrupted: { kind: 'interrupted' },
};

/** Rows: from. Columns: what each event makes of it; absent means that nothing changes. */
const table: Record<DownloadState['kind'], Partial<Record<DownloadEvent['kind'], DownloadState['kind']>>> = {
  queued: { start: 'running', wait: 'waiting', pause: 'paused', cancel: 'cancelled', finished: 'finished' },
  running: {
    phase: 'running',
    pause: 'paused',
    cancel: 'cancelled',
    finished: 'finished',
    failed: 'failed',
    wait: 'waiting',
    interrupted: 'queued',
  },
  waiting: { pause: 'paused', resume: 'queued', retry: 'queued', cancel: 'cancelled', due: 'queued' },
  paused: { resume: 'queued', retry: 'queued', cancel: 'cancelled', finished: 'finished' },
  failed: { resume: 'queued', retry: 'queued', keep: 'paused', cancel: 'cancelled' },
  finished: {},
  cancelled: { resume: 'queued', retry: 'queued', finished: 'finished' },
};

describe('transition', () => {
  const cases = Object.values(states).flatMap((state) => Object.values(events).map((event) => ({ state, event })));
  it.each(cases)('$state.kind on $event.kind', ({ state, event }) => {
    const next = transition(state, event);
    const expected = table[state.kind][event.kind];
    if (expected === undefined) expect(next).toBe(state);
    else expect(next.kind).toBe(expected);
  });

  it('carries the facts of the event into the state', () => {
    expect(transition(states.running, events.wait)).toEqual({ kind: 'waiting', error, retryAtMs: 6000, attempt: 1 });
    expect(transition(states.running, events.finished)).toEqual({ kind: 'finished', finishedAtMs: 77 });
  });

  it('moves from phase to phase, and keeps the object of the phase it is in', () => {
    expect(transition(states.running, events.phase)).toEqual({ kind: 'running', phase: 'finishing' });
    expect(transition(states.running, { kind: 'phase', phase: 'transferring' })).toBe(states.running);
    expect(transition(states.queued, events.start)).toEqual({ kind: 'running', phase: 'connecting' });
  });

  it('carries what changed on the server only where something did', () => {
    const nothing = { sizeBytes: null, etag: null, lastModified: null };
    const change = { before: nothing, now: { ...nothing, sizeBytes: 5 } };
    expect(transition(states.running, { kind: 'failed', error, change })).toEqual({ kind: 'failed', error, change });
    expect(transition(states.running, events.failed)).toEqual({ kind: 'failed', error });
    expect(transition(states.running, events.failed)).not.toHaveProperty('change');
  });

  it.each(Object.values(states))('$kind rests as itself unless it runs', (state) => {
    expect(restingState(state)).toEqual(state.kind === 'running' ? { kind: 'queued' } : state);
  });

  it.each(Object.values(states))('$kind is over only when nothing more happens by itself', (state) => {
    expect(isOver(state)).toBe(state.kind === 'finished' || state.kind === 'cancelled');
  });

  it('never leaves finished, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...Object.values(events))), (sequence) => {
        expect(sequence.reduce(transition, states.finished)).toBe(states.finished);
      }),
    );
  });

  it('rests in a state that survives a restart', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...Object.values(events))), (sequence) => {
        const state = sequence.reduce(transition, states.queued);
        expect(restingState(state).kind).not.toBe('running');
      }),
    );
  });
});
