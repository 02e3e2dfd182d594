/** The cookies of a session: what a server sets in one call goes with the next. */
import { SharedCookies } from '@sluice/engine';

/**
 * Hand the same jar to several calls, a manager or a client, and they share their cookies (RFC 6265): each goes only
 * to the hosts and paths it was set for. In memory; nothing is written to a disk.
 */
export class CookieJar {
  /** @internal */
  readonly cookies: SharedCookies = new SharedCookies();

  /** Forgets every cookie. */
  clear(): void {
    this.cookies.clear();
  }
}
