/** One download's cookies: those it was given and those that servers set on the way, each sent only where it belongs. */
import { type HeaderLines, headerValues } from '../plan/headers.ts';
import type { Jar } from './cookie-jar.ts';

export interface GivenCookies {
  /** The given pairs are for its host alone, and for TLS alone where it is https. */
  readonly link: string;
  /** `name=value; name=value`. */
  readonly pairs: string | null;
  /** The text of a cookies.txt. */
  readonly file: string | null;
}

/** Most downloads meet no cookie: what knows the rules, and every public suffix, is loaded with the first one. */
export class Cookies {
  readonly #given: GivenCookies;
  #jar: Promise<Jar> | null = null;

  constructor(given: GivenCookies) {
    this.#given = given;
  }

  /** What a request to this link carries; null for nothing. */
  async for(url: string): Promise<string | null> {
    const { pairs, file } = this.#given;
    if (this.#jar === null && pairs === null && file === null) return null;
    return (await this.#load()).for(url);
  }

  /** Keeps what a response sets (RFC 6265 section 5.3); a cookie for somebody else is dropped. */
  async note(url: string, headers: HeaderLines): Promise<void> {
    if (headerValues(headers, 'set-cookie').length > 0) (await this.#load()).note(url, headers);
  }

  #load(): Promise<Jar> {
    this.#jar ??= import('./cookie-jar.ts').then((module) => new module.Jar(this.#given));
    return this.#jar;
  }
}
