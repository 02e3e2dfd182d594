/**
 * One exchange with a server, in the engine's words. An adapter speaks the protocol; it never follows a
 * redirect, never retries, never decodes a body and never judges a status: those are the engine's rules.
 */

import type { HeaderLines } from '../plan/headers.ts';

export type { HeaderLines } from '../plan/headers.ts';

/** Which way a request takes, and whom it trusts there. */
export interface HttpRoute {
  /** An `http:`, `socks5:` or `socks5h:` link with whatever user name and password the proxy wants; null: none. */
  readonly proxy: string | null;
  readonly ipFamily: 'any' | 'ipv4' | 'ipv6';
  /** PEM, trusted beside what the port trusts anyway. */
  readonly certificateAuthorities: readonly string[];
  /** PEM, shown to a server that asks. */
  readonly clientCertificate: ClientCertificate | null;
  /** Takes any certificate. */
  readonly isInsecure: boolean;
}

export interface ClientCertificate {
  readonly certificate: string;
  readonly key: string;
  readonly passphrase?: string | undefined;
}

export interface HttpRequest {
  /** Absolute http: or https:, without user name and password (those arrive as an Authorization header). */
  readonly url: string;
  readonly method: 'GET' | 'POST';
  /** Complete: an adapter adds Host and Connection (and Content-Length for a body), nothing else. */
  readonly headers: HeaderLines;
  readonly body?: Uint8Array;
  /** Default: straight to the server, over whatever it answers on, trusting what the port trusts. */
  readonly route?: HttpRoute;
  /** From the call until the response head is there: name look-up, TCP, TLS and the server's first answer. */
  readonly headTimeoutMs: number;
  /** The longest silence in a body while its sink is willing to take bytes; then `stalled`. */
  readonly idleTimeoutMs: number;
}

export interface HttpPort {
  /**
   * Sends the request and resolves with the response head; no body byte has been delivered yet.
   * @throws SluiceError a network code, or `http-malformed`; `signal.reason` when aborted
   */
  exchange(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse>;
  /** Ends idle connections; exchanges under way end by their own signals. */
  close(): Promise<void>;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: HeaderLines;
  readonly body: HttpBody;
}

export interface HttpBody {
  /**
   * How its end will be known. `length`: exactly `lengthBytes`. `chunked`: at the last chunk (or HTTP/2 end of
   * stream). `close`: when the server closes, so nothing proves that it is whole.
   */
  readonly framing: 'length' | 'chunked' | 'close';
  /** Bytes of this body; null unless framing is `length`. */
  readonly lengthBytes: number | null;
  /**
   * Moves the body into the sink until its proper end or until the sink has enough.
   * @returns `end` when the framing says the body is whole, `enough` when the sink stopped it
   * @throws SluiceError `body-short`, `connection-reset`, `stalled`, `http-malformed`…; `signal.reason` when aborted.
   *   Whatever arrived before is in the sink.
   */
  pipeTo(sink: BodySink, signal: AbortSignal): Promise<'end' | 'enough'>;
  /** Gives the body up unread. Safe at any time, also after the end. */
  discard(): void;
}

/** Where body bytes go: straight from the socket into the sink's own buffer, without a copy where the lane allows. */
export interface BodySink {
  /** Where the next bytes may go; never empty. Valid until the next `advance`. */
  space(): Uint8Array;
  /**
   * The first `lengthBytes` of the last `space()` now hold the next bytes of the body. A promise asks the source
   * to hold its reads until it settles (backpressure); a rejection ends the body with that error.
   */
  advance(lengthBytes: number): SinkAnswer | Promise<SinkAnswer>;
}
export type SinkAnswer = 'more' | 'enough';
