/** Decides what a stored answer is still good for: RFC 9111 for a cache of one's own, or the caller's own rule. */
import CachePolicy from 'http-cache-semantics';
import { headersByName, type HeaderLines } from '@sluice/engine';

/**
 * - `http`: as long as the server said (RFC 9111), then it is asked with the validators it gave.
 * - a number: the milliseconds after it was stored or last found unchanged, whatever the server said.
 * - `validate`: the server is asked each time.
 * - `forever`: what is there is good.
 */
export type Freshness = 'http' | 'validate' | 'forever' | number;

/** The request as a policy sees it: without its secrets, the same at storing and at asking. */
export interface AskedRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface StoredPolicy {
  /** As `http-cache-semantics` writes it down. */
  readonly policy: string;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly validatedAtMs: number;
}

/** What to do with a stored answer: use it, ask whether it still holds, or fetch anew. */
export type Judgement = 'use' | 'ask' | 'fetch';

export function judge(
  stored: StoredPolicy,
  request: AskedRequest,
  rule: { freshness: Freshness; nowMs: number },
): Judgement {
  const { freshness, nowMs } = rule;
  if (freshness === 'forever') return 'use';
  if (typeof freshness === 'number' && nowMs - stored.validatedAtMs < freshness) return 'use';
  if (freshness === 'http' && isFresh(stored.policy, request)) return 'use';
  const { etag, 'last-modified': lastModified } = stored.responseHeaders;
  return request.method === 'GET' && (etag ?? lastModified) !== undefined ? 'ask' : 'fetch';
}

/**
 * The policy of a new answer, or null for one that may not be kept. `no-store` is honoured always, in the request and
 * in the answer; everything else that RFC 9111 says of storing only where the server's word counts.
 */
export function policyOf(
  request: AskedRequest,
  headers: Readonly<Record<string, string>>,
  freshness: Freshness,
): string | null {
  const forbids = [request.headers, headers].some((fields) =>
    /(?:^|[\s,])no-store\b/i.test(fields['cache-control'] ?? ''),
  );
  if (forbids) return null;
  const policy = new CachePolicy(asSeen(request), { status: 200, headers: { ...headers } }, { shared: false });
  return freshness === 'http' && !isKept(policy, headers) ? null : JSON.stringify(policy.toObject());
}

/** The policy after a 304, whose fields replace those that were stored; null when it speaks of something else. */
export function refreshed(
  stored: StoredPolicy,
  request: AskedRequest,
  lines: HeaderLines,
): Pick<StoredPolicy, 'policy' | 'responseHeaders'> | null {
  const headers = headersByName(lines);
  const { etag, 'last-modified': lastModified } = stored.responseHeaders;
  // Only what is stored was asked after: a 304 that names nothing can mean nothing else.
  const isNameless = headers['etag'] === undefined && headers['last-modified'] === undefined;
  const validators = isNameless ? { etag, 'last-modified': lastModified } : {};
  const answer = { status: 304, headers: { ...headers, ...validators } };
  const { policy, modified } = revive(stored.policy).revalidatedPolicy(asSeen(request), answer);
  // The fields that describe the content stay as they were, RFC 9111 section 3.2.
  const describing = /^(?:content-(?:encoding|length|range|type)|transfer-encoding)$/;
  const news = Object.entries(headers).filter(([name]) => !describing.test(name));
  return modified
    ? null
    : {
        policy: JSON.stringify(policy.toObject()),
        responseHeaders: { ...stored.responseHeaders, ...Object.fromEntries(news) },
      };
}

/** The key has seen to it that the links mean the same, however they are written. */
function asSeen({ method, headers }: AskedRequest): CachePolicy.Request {
  return { url: '/', method, headers: { ...headers } };
}

/** What is stale at once and cannot be asked after is not worth its room. */
function isKept(policy: CachePolicy, headers: Readonly<Record<string, string>>): boolean {
  const canAsk = headers['etag'] !== undefined || headers['last-modified'] !== undefined;
  return policy.storable() && (canAsk || policy.timeToLive() > 0);
}

function isFresh(policy: string, request: AskedRequest): boolean {
  const revived = revive(policy);
  if (revived.stale()) return revived.satisfiesWithoutRevalidation(asSeen(request));
  // It speaks of stale answers alone (RFC 9111 section 5.2.2.2); the library asks after fresh ones too.
  const { 'must-revalidate': _forStale, ...rescc } = revived.toObject().rescc;
  return CachePolicy.fromObject({ ...revived.toObject(), rescc }).satisfiesWithoutRevalidation(asSeen(request));
}

function revive(policy: string): CachePolicy {
  return CachePolicy.fromObject(JSON.parse(policy) as CachePolicy.CachePolicyObject);
}
