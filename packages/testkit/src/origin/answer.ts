/** How a scripted answer departs from the honest one. Every member is optional; `{}` is the honest answer. */
import type { Gate } from './gate.ts';
import type { HeaderChanges } from './headers.ts';
import type { OriginRequest } from './request.ts';
import type { OriginResource } from './resource.ts';

export interface Answer {
  /** Answers as if the resource were this one: another node, another entity, ranges off. Merged over what is served. */
  readonly resource?: Partial<OriginResource>;

  // The head.
  /** Replaces the number only; 1xx is for `interim`. A status outside 2xx without a `body` gets a short text as body. */
  readonly status?: number;
  readonly reason?: string;
  readonly headers?: HeaderChanges;
  /** Whole field lines added at the end, as they are, without line end: garbage, floods, odd spacing. Latin-1. */
  readonly rawLines?: readonly string[];
  /** Sent instead of the status line and all fields, up to and including the empty line. Latin-1. */
  readonly rawHead?: string;
  /** Sent before the head as they are: whole interim responses, their empty lines included. */
  readonly interim?: readonly string[];
  /** The head waits until this opens. */
  readonly headGate?: Gate;
  /** How long the head waits: for benchmarks of distant servers; tests use `headGate`. */
  readonly headDelayMs?: number;
  /** `bytes`: one write per byte of the head; a list: one write up to each of these offsets. Default: one write, with the first body bytes. */
  readonly headWrites?: 'bytes' | readonly number[];

  // The body.
  /** Sent instead of the resource's bytes. */
  readonly body?: string | Uint8Array;
  /** Half-open range of the resource to send, whatever was asked and whatever Content-Range says. */
  readonly send?: { readonly start: number; readonly end: number };
  /** Default `length`. `close`: neither length nor chunks, the end of the connection ends the body. */
  readonly framing?: 'length' | 'chunked' | 'close';
  /** Payload per chunk. Default 64 KiB. */
  readonly chunkBytes?: number;
  /** Field lines after the last chunk. */
  readonly trailers?: readonly string[];
  /** Compresses whatever would be sent and says so. For bodies up to some tens of MB. */
  readonly gzip?: boolean;
  /** Answers a Range as multipart/byteranges, also when it asks for one range only. */
  readonly multipart?: boolean;
  readonly bytesPerSecond?: number;
  /** At this pace until the gate opens, and at the usual one from then on. */
  readonly slow?: { readonly bytesPerSecond: number; readonly until: Gate };

  // Faults.
  /** Sends nothing from this body byte on until the gate opens. */
  readonly stall?: { readonly afterBytes: number; readonly until: Gate };
  readonly end?: AnswerEnd;
  /** Resets the connection when this opens, as long as the answer is on its way. */
  readonly resetWhen?: Gate;
  /** False: says `Connection: close` and closes after the answer. Default: as the client asked. */
  readonly keepAlive?: boolean;
}

/**
 * Ends the connection by force.
 * - `afterBytes`: a number of body bytes; 0 is right after the head, the full size right after a whole body;
 *   `no-head`: before anything was sent.
 * - `how`: `fin` closes orderly (with close_notify on TLS), `fin-only` leaves out close_notify,
 *   `reset` sends RST. A reset may overtake bytes still in the system's buffers, as it does in nature.
 */
export interface AnswerEnd {
  readonly afterBytes: number | 'no-head';
  readonly how: 'fin' | 'fin-only' | 'reset';
}

/** @param index counts the requests of this path, from 0 */
export type Script = (request: OriginRequest, index: number) => Answer | Promise<Answer>;

/** A script for each request in turn; the last one stays. */
export function inTurn(...answers: readonly Answer[]): Script {
  return (_request, index) => answers[Math.min(index, answers.length - 1)] ?? {};
}

const unavailable: Answer = { status: 503, headers: { 'Retry-After': '1' } };

/** Answers honestly while at most `limit` requests of the path are under way, else like `beyond`: 503 unless given. */
export function atMost(limit: number, beyond: Answer = unavailable): Script {
  return (request) => (request.concurrent <= limit ? {} : beyond);
}

export function redirectTo(location: string, status = 302): Answer {
  return { status, headers: { Location: location } };
}

/** `count` field lines of `valueBytes` each, for a header flood. */
export function floodLines(count: number, valueBytes: number): string[] {
  return Array.from({ length: count }, (_unused, index) => `X-Flood-${index}: ${'f'.repeat(valueBytes)}`);
}
