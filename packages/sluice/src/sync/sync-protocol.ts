/** What the caller's thread and the one that downloads for it say to each other. */
import type { MessagePort } from 'node:worker_threads';
import type { ErrorFacts, FailedResponse } from '@sluice/contract';
import type { Bundle } from '../bulk/bundle.ts';
import type { DownloadOptions } from '../core/options/options.ts';
import type { FileResult, MemoryResult } from '../core/results.ts';
import type { RequestLike } from '../request/description.ts';
import type { SwarmSyncOptions } from './sync-options.ts';

/** Everything in it can be handed to another thread. */
export type SyncCall =
  | { readonly kind: 'download'; readonly request: RequestLike; readonly options: DownloadOptions }
  | { readonly kind: 'swarm'; readonly items: readonly SyncItem[]; readonly options: SwarmSyncOptions };

export interface SyncItem {
  readonly request: RequestLike;
  readonly path?: string;
}

/** An error that lost its class on the way. */
export interface SentError {
  readonly name: string;
  readonly code: string | null;
  readonly message: string;
  readonly facts: ErrorFacts;
  readonly response: FailedResponse | null;
}

export type SentBundle = Omit<Bundle<null>, 'error'> & { readonly error: SentError | null };

export type SyncAnswer =
  | { readonly kind: 'memory'; readonly result: Omit<MemoryResult, 'text' | 'json'> }
  | { readonly kind: 'file'; readonly result: FileResult }
  | { readonly kind: 'bundles'; readonly bundles: readonly SentBundle[] }
  | { readonly kind: 'failed'; readonly error: SentError };

/** Places in the bell: rung when the answer is on the port, or the other thread ends; its signs of life; its end. */
export const answered = 0;
export const beat = 1;
export const ended = 2;

/** With each call: where to put the answer, and the number to wake the caller by. */
export interface SyncMessage {
  readonly call: SyncCall;
  readonly port: MessagePort;
  /** {@link answered}, {@link beat} and {@link ended}: 0 until that has come to pass. */
  readonly bell: Int32Array;
}
