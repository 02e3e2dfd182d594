/** Sends one request and whatever redirects ask for, and judges the answer before any byte of it is used. */
import { SluiceError } from '../errors.ts';
import { judgeResponse, type Verdict } from '../plan/judge-response.ts';
import { nextHop } from '../plan/redirect.ts';
import { requestHeaders, wireUrl } from '../plan/request-headers.ts';
import type { Resource } from '../plan/resource.ts';
import type { Clock } from '../ports/clock.ts';
import type { HttpPort, HttpResponse } from '../ports/http.ts';

/** What every request of one run has in common. */
export interface RequestBase {
  readonly url: string;
  /** Given by the user; they go to the link's own origin and nowhere else. */
  readonly headers: Readonly<Record<string, string>>;
  readonly userAgent: string;
  readonly headTimeoutMs: number;
  readonly idleTimeoutMs: number;
}

export interface OpenedResponse {
  readonly response: HttpResponse;
  readonly verdict: Exclude<Verdict, { kind: 'redirect' }>;
  /** Where the answer came from, after redirects. */
  readonly finalUrl: string;
}

export interface Ask {
  /** Where to send the first request: the link itself, or where it led before. */
  readonly url: string;
  readonly range: { readonly start: number; readonly end: number | null } | null;
  readonly known: Resource | null;
}

/** @throws SluiceError network codes, `redirect-loop`, `redirect-unsafe`; `signal.reason` when aborted */
export async function openResponse(
  ports: { readonly http: HttpPort; readonly clock: Clock },
  base: RequestBase,
  options: { readonly ask: Ask; readonly signal: AbortSignal },
): Promise<OpenedResponse> {
  const { ask, signal } = options;
  let url = ask.url;
  for (let hops = 0; ; hops += 1) {
    const { url: link, userAgent } = base;
    const response = await ports.http.exchange(
      {
        url: wireUrl(url),
        method: 'GET',
        headers: requestHeaders({ url, link, userAgent, headers: base.headers, range: ask.range }),
        headTimeoutMs: base.headTimeoutMs,
        idleTimeoutMs: base.idleTimeoutMs,
      },
      signal,
    );
    const verdict = judgeResponse(ask, {
      status: response.status,
      headers: response.headers,
      url,
      nowMs: ports.clock.wallMs(),
      bodyLengthBytes: response.body.lengthBytes,
    });
    if (verdict.kind !== 'redirect') return { response, verdict, finalUrl: url };
    response.body.discard();
    const hop = nextHop({ from: url, location: verdict.location, hops });
    if (hop.kind === 'refused') throw new SluiceError(hop.code, hop.detail, { facts: hop.facts ?? {} });
    url = hop.url;
  }
}
