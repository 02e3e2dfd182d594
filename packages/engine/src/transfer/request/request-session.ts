/** What the requests of one run share and learn from each other: cookies, a login, and the way they take. */
import type { RequestOptions } from '@sluice/contract';
import { chooseProxy, type ProxySettings } from '../../plan/request/choose-proxy.ts';
import type { HttpRoute } from '../../ports/http.ts';
import { Cookies } from './cookies.ts';
import { LoginSession } from './login-session.ts';
import type { SharedCookies } from './shared-cookies.ts';

export interface RequestSession {
  readonly cookies: Cookies;
  readonly login: LoginSession;
  /** For a request to this link: a redirect may lead out of what a proxy is for. */
  routeTo(url: string): HttpRoute;
}

export interface SessionOptions {
  readonly proxies: ProxySettings;
  /** Cookies that other downloads share with this one. */
  readonly cookies?: SharedCookies | null;
  /** The login goes with the first request, also over plain http, where it otherwise waits for a challenge. */
  readonly sendsLoginAtOnce?: boolean;
}

export function createRequestSession(link: string, options: RequestOptions, session: SessionOptions): RequestSession {
  const { username, password, clientCertificate, certificateAuthority } = options;
  const hasLogin = username !== undefined || password !== undefined;
  return {
    cookies: new Cookies({
      link,
      pairs: options.cookies ?? null,
      file: options.cookieFile ?? null,
      shared: session.cookies ?? null,
    }),
    login: new LoginSession(link, hasLogin ? { username: username ?? '', password: password ?? '' } : null, {
      isSentAtOnce: session.sendsLoginAtOnce ?? false,
    }),
    routeTo: (url) => ({
      proxy: chooseProxy(url, options.proxy ?? null, session.proxies),
      ipFamily: options.ipFamily ?? 'any',
      certificateAuthorities: certificateAuthority === undefined ? [] : [certificateAuthority],
      // It names a person: a host that a redirect leads to need not learn who that is.
      clientCertificate: clientCertificate !== undefined && isSameHost(url, link) ? clientCertificate : null,
      isInsecure: options.insecure === true,
    }),
  };
}

function isSameHost(left: string, right: string): boolean {
  return URL.parse(left)?.host === URL.parse(right)?.host;
}
