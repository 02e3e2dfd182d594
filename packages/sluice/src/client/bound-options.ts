/** Brings the options of a client into the form that its calls take. */
import type { CacheOption } from '../cache/cache-option.ts';
import { checkedOptions } from '../core/options/check-options.ts';
import { CookieJar } from '../core/options/cookie-jar.ts';
import { mergeRequests } from '../core/options/merge-options.ts';
import { describe, optionError, readOptions } from '../core/options/option-error.ts';
import type { CommonOptions } from '../core/options/options.ts';
import type { RequestOptions } from '../core/options/request-options.ts';
import { readHeaders } from '../request/read-headers.ts';
import type { ClientOptions } from './client-options.ts';

export interface BoundOptions {
  readonly each: CommonOptions;
  readonly cache: CacheOption | undefined;
}

const known: readonly (keyof ClientOptions)[] = [
  'headers',
  'request',
  'backend',
  'preemptiveLogin',
  'cookieJar',
  'hooks',
  'timeoutMs',
  'connectTimeoutMs',
  'idleTimeoutMs',
  'maxAttempts',
  'retryWaitMs',
  'speedLimitBytesPerSecond',
  'onProgress',
  'onSpeed',
  'progressEveryMs',
  'onRetry',
  'onRedirect',
  'login',
  'cookies',
  'proxy',
  'session',
  'cache',
];

/** @throws SluiceError `request-invalid` (facts: `name`) */
export function boundOptions(options: ClientOptions): BoundOptions {
  const { login, cookies, proxy, session = false, cache, ...rest } = readOptions(options, 'options', known);
  if (typeof session !== 'boolean') throw optionError('session', 'session must be true or false');
  if (session && rest.cookieJar !== undefined) throw optionError('session', 'session makes a jar: leave out cookieJar');
  const more = { ...loginOf(login), ...textOf({ cookies, proxy }) };
  for (const name of Object.keys(more)) {
    if (rest.request?.[name as keyof RequestOptions] === undefined) continue;
    throw optionError(name, `${name} is said twice: here and in request`);
  }
  const request = mergeRequests(rest.request ?? {}, more);
  const all: CommonOptions = {
    ...checkedOptions(rest),
    ...(rest.headers === undefined ? {} : { headers: readHeaders(rest.headers) }),
    ...(Object.keys(request).length === 0 ? {} : { request }),
    ...(session ? { cookieJar: new CookieJar() } : {}),
  };
  return { each: all, cache };
}

function loginOf(login: ClientOptions['login']): RequestOptions {
  if (login === undefined) return {};
  return { ...readOptions(login, 'login', ['username', 'password']) };
}

function textOf(given: Readonly<Record<string, string | undefined>>): RequestOptions {
  const texts = Object.entries(given).filter(([, value]) => value !== undefined);
  for (const [name, value] of texts) {
    if (typeof value !== 'string') throw optionError(name, `${name} must be a text, not ${describe(value)}`);
  }
  return Object.fromEntries(texts);
}
