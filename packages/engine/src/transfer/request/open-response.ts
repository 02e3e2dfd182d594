/** Sends one request and whatever redirects and challenges ask for, and judges the answer before any byte is used. */
import type { RequestOptions } from '@sluice/contract';
import { SluiceError } from '../../errors.ts';
import { judgeResponse, type Verdict } from '../../plan/response/judge-response.ts';
import { isSafe, type Method, nextMethod } from '../../plan/request/next-method.ts';
import { isSameParty, nextHop } from '../../plan/request/redirect.ts';
import { requestBody } from '../../plan/request/request-body.ts';
import { requestHeaders, wireUrl } from '../../plan/request/request-headers.ts';
import type { Resource } from '../../plan/response/resource.ts';
import type { Clock } from '../../ports/clock.ts';
import type { BodySource, HttpPort, HttpRequest, HttpResponse } from '../../ports/http.ts';
import { boundBody, type Bounds } from '../body/bounded-body.ts';
import { askBeforeRequest, type RequestHooks } from './request-hooks.ts';
import type { LoginSession } from './login-session.ts';
import type { RequestSession } from './request-session.ts';
import type { Timeouts } from '../connections/timeouts.ts';

/** What every request of one run has in common. */
export interface RequestBase {
  readonly url: string;
  /** Given by the user; they go to the link's own origin and nowhere else. */
  readonly headers: Readonly<Record<string, string>>;
  readonly options: RequestOptions;
  /** What is sent instead of the body in the options. */
  readonly upload?: BodySource | null;
  readonly session: RequestSession;
  readonly userAgent: string;
  readonly timeouts: Timeouts;
  readonly hooks?: RequestHooks | undefined;
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
  /** The number of bytes at the end that are wanted; `range` is null then. */
  readonly suffixBytes?: number | null;
  readonly known: Resource | null;
  /** Answered with 304 while the resource is still this one. */
  readonly unlessSame?: Pick<Resource, 'etag' | 'lastModified'>;
  /** A success without a file is as good, as long as the request did more than ask for one. */
  readonly takesBareSuccess?: boolean;
}

type Ports = { readonly http: HttpPort; readonly clock: Clock };

/** One hop: a request that was sent, or is to be. */
interface Hop {
  readonly url: string;
  readonly method: Method;
}

/**
 * @throws SluiceError network codes, `redirect-loop`, `redirect-unsafe`; `request-invalid` (facts: `name`, `status`) when
 *   the server wants a body again that can be sent once; `signal.reason` when aborted
 */
export async function openResponse(
  ports: Ports,
  base: RequestBase,
  options: { readonly ask: Ask; readonly signal: AbortSignal },
): Promise<OpenedResponse> {
  const { ask, signal } = options;
  // Where a form has led to is fetched without it.
  let hop: Hop = { url: ask.url, method: ask.url === base.url ? (base.options.method ?? 'GET') : 'GET' };
  for (let hops = 0; ; hops += 1) {
    const { url, method } = hop;
    const response = await sendAuthorized(ports, { base, hop, ask, signal });
    const head = {
      status: response.status,
      headers: response.headers,
      url,
      nowMs: ports.clock.wallMs(),
      bodyLengthBytes: response.body.lengthBytes,
    };
    const takesBareSuccess = ask.takesBareSuccess === true && method !== 'GET';
    const page = method === 'GET' && base.options.acceptPage !== true ? { link: ask.url } : {};
    const verdict = judgeResponse({ ...ask, ...page, takesBareSuccess }, head);
    if (verdict.kind !== 'redirect') {
      return {
        response: withinPart(response, verdict, ports.clock),
        verdict: aboutLogin(forMethod(verdict, method), base.session.login, url),
        finalUrl: url,
      };
    }
    response.body.discard();
    const next = nextHop({ from: url, location: verdict.location, hops });
    if (next.kind === 'refused') throw new SluiceError(next.code, next.detail, { facts: next.facts ?? {} });
    hop = { url: next.url, method: nextMethod(method, verdict.status) };
    await base.hooks?.beforeRedirect?.({ from: url, to: hop.url, status: verdict.status, method: hop.method });
    if (isSafe(hop.method)) continue;
    if (!isSameParty(base.url, hop.url)) {
      const host = new URL(hop.url).host;
      throw new SluiceError('redirect-unsafe', `a ${hop.method} was redirected to another party`, { facts: { host } });
    }
    refuseSecondSending(base, verdict.status);
  }
}

interface Sending {
  readonly base: RequestBase;
  readonly hop: Hop;
  readonly ask: Ask;
  readonly signal: AbortSignal;
}

/** A challenge is answered once: a second one means a wrong password. */
async function sendAuthorized(ports: Ports, sending: Sending): Promise<HttpResponse> {
  const { session } = sending.base;
  const { url, method } = sending.hop;
  const authorization = session.login.for(url, method);
  const response = await send(ports, sending, authorization);
  if (response.status !== 401 || !session.login.answers(url, response.headers, authorization)) return response;
  response.body.discard();
  if (!isSafe(method)) refuseSecondSending(sending.base, response.status);
  return send(ports, sending, session.login.for(url, method));
}

function refuseSecondSending({ upload }: RequestBase, status: number): void {
  if (upload === undefined || upload === null || upload.isRepeatable) return;
  const detail = 'the server wants the body again, which is a stream that can be sent once';
  throw new SluiceError('request-invalid', detail, { facts: { name: 'body', status } });
}

async function send(ports: Ports, sending: Sending, authorization: string | null): Promise<HttpResponse> {
  const { base, hop, ask, signal } = sending;
  const { url, method } = hop;
  const { options, session } = base;
  const body = bodyFor(base, method);
  const sentUrl = wireUrl(url);
  const headers = requestHeaders({
    url,
    link: base.url,
    userAgent: options.userAgent ?? base.userAgent,
    headers: base.headers,
    // Ranges are defined for GET alone (RFC 9110 section 14.2).
    range: method === 'GET' ? ask.range : null,
    suffixBytes: method === 'GET' ? (ask.suffixBytes ?? null) : null,
    unlessSame: ask.unlessSame ?? null,
    authorization,
    cookie: await session.cookies.for(sentUrl),
    referer: options.referer ?? null,
    contentType: body === null ? null : (options.contentType ?? 'application/x-www-form-urlencoded'),
  });
  const request: HttpRequest = {
    url: sentUrl,
    method,
    headers: await askBeforeRequest(base.hooks, { url: sentUrl, method, headers }),
    ...(body === null ? {} : { body }),
    route: session.routeTo(url),
    ...(options.backend === undefined ? {} : { backend: options.backend }),
    headTimeoutMs: base.timeouts.headTimeoutMs,
    idleTimeoutMs: base.timeouts.idleTimeoutMs,
  };
  const response = await ports.http.exchange(request, signal);
  await session.cookies.note(request.url, response.headers);
  return response;
}

/** Where the framing does not keep a part within its Content-Range, or the range does not say that it is the last. */
function withinPart(response: HttpResponse, verdict: OpenedResponse['verdict'], clock: Clock): HttpResponse {
  if (verdict.kind !== 'part') return response;
  const { body } = response;
  const isKept = body.lengthBytes !== null && verdict.resource.totalBytes !== null;
  return isKept ? response : { ...response, body: boundBody(body, boundsOf(verdict), clock) };
}

function boundsOf({ start, end, saidEnd }: Extract<Verdict, { kind: 'part' }>): Bounds {
  return { mostBytes: end - start, saidBytes: saidEnd - start };
}

/** A POST always has one, be it empty. */
function bodyFor({ options, upload }: RequestBase, method: Method): Uint8Array | BodySource | null {
  if (isSafe(method)) return null;
  if (upload !== undefined && upload !== null) return upload;
  return method === 'POST' || options.body !== undefined ? requestBody(options) : null;
}

/** With a login it was wrong; without one the server asks for one. */
function aboutLogin(verdict: OpenedResponse['verdict'], login: LoginSession, url: string): OpenedResponse['verdict'] {
  if (verdict.kind !== 'failed' || verdict.code !== 'http-unauthorized' || !login.isShownTo(url)) return verdict;
  return { ...verdict, facts: { ...verdict.facts, login: 'refused' } };
}

/** What anything but a GET was answered with cannot be asked for in parts; after HEAD there is none of it. */
function forMethod(verdict: OpenedResponse['verdict'], method: Method): OpenedResponse['verdict'] {
  if (method === 'GET') return verdict;
  if (method === 'HEAD') return forHead(verdict);
  return verdict.kind === 'whole' ? { ...verdict, resource: { ...verdict.resource, ranges: 'refused' } } : verdict;
}

function forHead(verdict: OpenedResponse['verdict']): OpenedResponse['verdict'] {
  const resource =
    verdict.kind === 'whole' ? verdict.resource : verdict.kind === 'refused' ? verdict.encoded?.resource : undefined;
  if (resource === undefined) return verdict;
  const nothing: Resource = { ...resource, totalBytes: 0, contentEncoding: null, checksums: [], ranges: 'refused' };
  return { kind: 'whole', resource: nothing, version: 'first' };
}
