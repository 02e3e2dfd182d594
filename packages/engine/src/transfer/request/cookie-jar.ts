/** Keeps cookies and tells which of them go with a request, by the rules of RFC 6265. */
import { Cookie, CookieJar } from 'tough-cookie';
import { type HeaderLines, headerValues } from '../../plan/response/headers.ts';
import { type FileCookie, parseNetscapeCookies } from '../../plan/request/netscape-cookies.ts';

/** The cookies that a download was given. */
export interface OwnCookies {
  /** The given pairs are for its host alone, and for TLS alone where it is https. */
  readonly link: string;
  /** `name=value; name=value`. */
  readonly pairs: string | null;
  /** The text of a cookies.txt. */
  readonly file: string | null;
}

export class Jar {
  readonly #jar = new CookieJar(undefined, { allowSecureOnLocal: false });

  constructor({ link, pairs, file }: OwnCookies) {
    for (const cookie of file === null ? [] : parseNetscapeCookies(file)) this.#takeFromFile(cookie);
    const isSecure = URL.parse(link)?.protocol === 'https:';
    for (const pair of pairs?.split(';') ?? []) {
      const at = pair.indexOf('=');
      if (at <= 0) continue;
      const cookie = new Cookie({
        key: pair.slice(0, at).trim(),
        value: pair.slice(at + 1).trim(),
        path: '/',
        secure: isSecure,
      });
      this.#jar.setCookieSync(cookie, withoutLogin(link), { ignoreError: true });
    }
  }

  /** What a request to this link carries; null for nothing. */
  for(url: string): string | null {
    const text = this.#jar.getCookieStringSync(url);
    return text === '' ? null : text;
  }

  /** Keeps what a response sets (RFC 6265 section 5.3); a cookie for another host is dropped. */
  note(url: string, headers: HeaderLines): void {
    for (const line of headerValues(headers, 'set-cookie')) this.#jar.setCookieSync(line, url, { ignoreError: true });
  }

  #takeFromFile(given: FileCookie): void {
    const { domain, includesSubdomains, path, isSecure, isHttpOnly, expiresAtMs, name, value } = given;
    const origin = `${isSecure ? 'https' : 'http'}://${domain.includes(':') ? `[${domain}]` : domain}`;
    if (!URL.canParse(origin)) return;
    const cookie = new Cookie({
      key: name,
      value,
      path,
      secure: isSecure,
      httpOnly: isHttpOnly,
      ...(includesSubdomains ? { domain } : {}),
      ...(expiresAtMs === null ? {} : { expires: new Date(expiresAtMs) }),
    });
    this.#jar.setCookieSync(cookie, `${origin}${path}`, { ignoreError: true });
  }
}

function withoutLogin(link: string): string {
  const url = new URL(link);
  return `${url.origin}/`;
}
