/** What state a download is in and what may happen to it next: pure, and with one caller, the list. */
import type { DownloadState, ErrorInfo, RunPhase, VersionChange } from '@sluice/contract';
import type { RestingState } from './record.ts';

export type DownloadEvent =
  | { readonly kind: 'start' }
  | { readonly kind: 'phase'; readonly phase: RunPhase }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'retry' }
  /** A person keeps what is on disk of a file that has changed. */
  | { readonly kind: 'keep' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'finished'; readonly atMs: number }
  | { readonly kind: 'failed'; readonly error: ErrorInfo; readonly change?: VersionChange }
  | { readonly kind: 'wait'; readonly error: ErrorInfo; readonly retryAtMs: number; readonly attempt: number }
  | { readonly kind: 'due' }
  | { readonly kind: 'interrupted' };

type Kind = DownloadState['kind'];

/** Where each event may come from; from anywhere else it changes nothing. */
const allowedFrom: Readonly<Record<DownloadEvent['kind'], readonly Kind[]>> = {
  start: ['queued'],
  phase: ['running'],
  pause: ['queued', 'running', 'waiting'],
  resume: ['paused', 'waiting', 'failed', 'cancelled'],
  retry: ['failed', 'waiting', 'cancelled', 'paused'],
  keep: ['failed'],
  cancel: ['queued', 'running', 'waiting', 'paused', 'failed'],
  // A run may finish in the very moment a person stops it; then the file is there, and that is what counts.
  finished: ['running', 'queued', 'paused', 'cancelled'],
  failed: ['running'],
  // A queued one waits when its host is in a cooldown.
  wait: ['running', 'queued'],
  due: ['waiting'],
  interrupted: ['running'],
};

/** The state after `event`; the very same object when the event means nothing here. */
export function transition(state: DownloadState, event: DownloadEvent): DownloadState {
  if (!allowedFrom[event.kind].includes(state.kind)) return state;
  switch (event.kind) {
    case 'start':
      return { kind: 'running', phase: 'connecting' };
    case 'phase':
      return state.kind === 'running' && state.phase === event.phase ? state : { kind: 'running', phase: event.phase };
    case 'pause':
    case 'keep':
      return { kind: 'paused' };
    case 'resume':
    case 'retry':
    case 'due':
    case 'interrupted':
      return { kind: 'queued' };
    case 'cancel':
      return { kind: 'cancelled' };
    case 'finished':
      return { kind: 'finished', finishedAtMs: event.atMs };
    case 'failed':
      return {
        kind: 'failed',
        error: event.error,
        ...(event.change === undefined ? {} : { change: event.change }),
      };
    case 'wait':
      return { kind: 'waiting', error: event.error, retryAtMs: event.retryAtMs, attempt: event.attempt };
    default:
      return event satisfies never;
  }
}

/** A run does not survive its process: what was running wants to run again. */
export function restingState(state: DownloadState): RestingState {
  return state.kind === 'running' ? { kind: 'queued' } : state;
}

/** Over means that nothing more will happen to it unless a person asks. */
export function isOver(state: DownloadState): boolean {
  return state.kind === 'finished' || state.kind === 'cancelled';
}
