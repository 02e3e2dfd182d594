/** Lays the options of one call over those that hold for all calls of a client, a manager or a round. */
import type { HeadersLike } from '../../request/description.ts';
import { mergeHeaders } from '../../request/read-headers.ts';
import { valuesOf } from './option-error.ts';
import type { RequestOptions } from './request-options.ts';

interface Mergeable {
  readonly headers?: HeadersLike;
  readonly request?: RequestOptions;
}

/**
 * What is `undefined` counts as left out. Options of the call win, except that
 * - `headers` are merged by name,
 * - `request` is merged field by field, and the cookies in it by name; a user name brings its own password, and a login
 *   in one form (`username`, an `Authorization` header) replaces one in the other.
 */
export function mergeOptions<Base extends Mergeable, Call extends Mergeable>(base: Base, call: Call): Base & Call {
  const given = Object.fromEntries(valuesOf(call, 'options')) as unknown as Call;
  const merged: Base & Call = { ...base, ...given };
  if (base.headers !== undefined) Object.assign(merged, { headers: headersOf(base, given) });
  if (base.request !== undefined) Object.assign(merged, { request: requestOf(base.request, given) });
  return merged;
}

/** @param call what is said beside the request: it wins */
export function mergeRequests(base: RequestOptions, call: RequestOptions): RequestOptions {
  const { password: _password, ...withoutPassword } = base;
  const isOtherUser = call.username !== undefined && call.username !== base.username;
  const cookies = mergeCookies(base.cookies, call.cookies);
  return {
    ...(isOtherUser ? withoutPassword : base),
    ...(Object.fromEntries(Object.entries(call).filter(([, value]) => value !== undefined)) as RequestOptions),
    ...(cookies === undefined ? {} : { cookies }),
  };
}

function headersOf(base: Mergeable, { headers, request }: Mergeable): Readonly<Record<string, string>> {
  const { authorization, ...rest } = mergeHeaders(base.headers);
  const isReplaced = authorization === undefined || hasLogin(request);
  return mergeHeaders(isReplaced ? rest : { ...rest, authorization }, headers);
}

function requestOf(base: RequestOptions, { headers, request = {} }: Mergeable): RequestOptions {
  const isReplaced = headers !== undefined && 'authorization' in mergeHeaders(headers) && !hasLogin(request);
  const { username: _username, password: _password, ...rest } = base;
  return mergeRequests(isReplaced ? rest : base, request);
}

function hasLogin(request: RequestOptions | undefined): boolean {
  return request?.username !== undefined || request?.password !== undefined;
}

/** By name: a server that is sent one twice takes either. */
function mergeCookies(base: string | undefined, call: string | undefined): string | undefined {
  if (base === undefined || call === undefined) return call ?? base;
  const byName = new Map<string, string>();
  for (const pair of `${base};${call}`.split(';')) {
    const text = pair.trim();
    if (text !== '') byName.set(text.split('=', 1)[0] ?? '', text);
  }
  return [...byName.values()].join('; ');
}
