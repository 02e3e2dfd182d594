/** What the origin saw of one request, and how far its answer got. */

export interface AskedRange {
  readonly start: number;
  /** Exclusive; null when the client asked to the end. */
  readonly end: number | null;
}

export type RequestState =
  /** Read; its head is not sent yet. */
  | 'waiting'
  | 'answering'
  /** All of the answer was handed to the system. */
  | 'answered'
  /** The answer ended early, by script or because the client went away. */
  | 'cut';

export interface OriginRequest {
  /** Counts all requests of the origin, from 0. */
  readonly index: number;
  readonly method: string;
  /** As on the request line, query included. */
  readonly target: string;
  readonly path: string;
  readonly query: string;
  /** Lower-case names; values of a repeated field joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly headerLines: readonly string[];
  /** The `Range` field as sent. */
  readonly range: string | null;
  /** The first byte range of `range`; null without one, or for a suffix range. */
  readonly asked: AskedRange | null;
  readonly body: Buffer;
  /** Counts the origin's connections, from 0. */
  readonly connectionId: number;
  /** Requests of the same path being answered when this one arrived, itself included. */
  readonly concurrent: number;
  /** 0 until the head is sent. */
  readonly status: number;
  /** Body bytes handed to the system, without chunk framing. */
  readonly bodyBytesSent: number;
  readonly state: RequestState;
}

/** The server's own view: the same record, filled in as the answer proceeds. */
export type MutableRequest = { -readonly [Key in keyof OriginRequest]: OriginRequest[Key] };

export function parseAskedRange(range: string | null): AskedRange | null {
  const match = /^bytes=(\d+)-(\d*)/.exec(range ?? '');
  if (match === null) return null;
  return { start: Number(match[1]), end: match[2] === '' ? null : Number(match[2]) + 1 };
}
