/**
 * One exchange with a server, in the engine's words. An adapter speaks the protocol; it never follows a
 * redirect, never retries, never decodes a body and never judges a status: those are the engine's rules.
 *
 * Servers of ftp, ftps, sftp and scp hand out files without a head. Theirs is put together from what the server said
 * of the file: 200, or 206 with Content-Range where a range was asked and can be had, or 416; Content-Length where
 * the size is known; Last-Modified where that is; Accept-Ranges. What is not known is left out and never guessed. A
 * server that says no is an error at once: `http-unauthorized`, `http-forbidden`, `http-not-found`, `http-unavailable`.
 */
import type { Backend } from '@sluice/contract';
import type { HeaderLines } from '../plan/response/headers.ts';
import type { Method } from '../plan/request/next-method.ts';

export type { HeaderLines } from '../plan/response/headers.ts';

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

/** A body that is not held in memory: read as fast as the server takes it. */
export interface BodySource {
  /** Exactly; what gives more or less ends its request with `request-invalid`. */
  readonly lengthBytes: number;
  /** False for what can be read once: it is never sent a second time. */
  readonly isRepeatable: boolean;
  /** Its bytes from the first. Pieces are not used again after the next one was asked for. */
  open(): AsyncIterable<Uint8Array>;
}

export interface HttpRequest {
  /** Absolute, without user name and password (those arrive as an Authorization header, whatever the scheme). */
  readonly url: string;
  readonly method: Method;
  /** Complete: an adapter adds Host and Connection (and Content-Length for a body), nothing else. */
  readonly headers: HeaderLines;
  readonly body?: Uint8Array | BodySource;
  /** Default: straight to the server, over whatever it answers on, trusting what the port trusts. */
  readonly route?: HttpRoute;
  /** Default `auto`: the adapter picks by the link. All of a body comes by the way it began on. */
  readonly backend?: Backend;
  /**
   * From the call until the response head is there: name look-up, TCP, TLS and the server's first answer. While a
   * {@link BodySource} is on its way, from each piece that was taken.
   */
  readonly headTimeoutMs: number;
  /** The longest silence in a body while its sink is willing to take bytes; then `stalled`. */
  readonly idleTimeoutMs: number;
}

export interface HttpPort {
  /**
   * Sends the request and resolves with the response head; no body byte has been delivered yet.
   * @throws SluiceError a network code, `http-malformed`, or `unsupported` when the program that speaks the link's
   *   scheme is not on this system (facts: `missing`, and for one that is too old or lacks it `program` and `version`);
   *   `signal.reason` when aborted
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
   * stream, or by another protocol's own word that the file is whole). `close`: when the server closes, so nothing proves that it is whole.
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

/** Where body bytes go: straight from the socket into the sink's own buffer, without a copy where the backend allows. */
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
