/** Cookies that several downloads share, as the tabs of a browser do: what a server sets for one goes with the next. */
import { type HeaderLines, headerValues } from '../../plan/response/headers.ts';
import type { Jar } from './cookie-jar.ts';

export class SharedCookies {
  #jar: Promise<Jar> | null = null;

  /** What a request to this link carries; null for nothing. */
  async for(url: string): Promise<string | null> {
    return this.#jar === null ? null : (await this.#jar).for(url);
  }

  /** Keeps what a response sets (RFC 6265 section 5.3). */
  async note(url: string, headers: HeaderLines): Promise<void> {
    if (headerValues(headers, 'set-cookie').length > 0) (await this.#load()).note(url, headers);
  }

  /** Forgets everything. */
  clear(): void {
    this.#jar = null;
  }

  #load(): Promise<Jar> {
    const given = { link: '', pairs: null, file: null };
    this.#jar ??= import('./cookie-jar.ts').then((module) => new module.Jar(given));
    return this.#jar;
  }
}
