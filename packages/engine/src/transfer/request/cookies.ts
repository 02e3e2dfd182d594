/** One download's cookies: those it was given and those that servers set on the way, each sent only where it belongs. */
import { type HeaderLines, headerValues } from '../../plan/response/headers.ts';
import type { Jar, OwnCookies } from './cookie-jar.ts';
import type { SharedCookies } from './shared-cookies.ts';

export interface GivenCookies extends OwnCookies {
  /** What other downloads share with this one. */
  readonly shared?: SharedCookies | null;
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
    const { pairs, file, shared = null } = this.#given;
    const common = (await shared?.for(url)) ?? null;
    if (this.#jar === null && pairs === null && file === null) return common;
    return joined((await this.#load()).for(url), common);
  }

  /** Keeps what a response sets (RFC 6265 section 5.3); a cookie for another host is dropped. */
  async note(url: string, headers: HeaderLines): Promise<void> {
    await this.#given.shared?.note(url, headers);
    if (headerValues(headers, 'set-cookie').length > 0) (await this.#load()).note(url, headers);
  }

  #load(): Promise<Jar> {
    this.#jar ??= import('./cookie-jar.ts').then((module) => new module.Jar(this.#given));
    return this.#jar;
  }
}

/** A cookie of the download's own wins over a shared one of the same name. */
function joined(own: string | null, common: string | null): string | null {
  if (own === null || common === null) return own ?? common;
  const names = new Set(own.split('; ').map(nameOf));
  return [own, ...common.split('; ').filter((pair) => !names.has(nameOf(pair)))].join('; ');
}

function nameOf(pair: string): string {
  return pair.split('=', 1)[0] ?? '';
}
