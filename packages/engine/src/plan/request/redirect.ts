/** Decides where a redirect may lead and what may travel along. */
import type { Refused } from '../response/verdict.ts';
import { refused } from '../response/verdict.ts';

/** RFC 9110 section 15.4 leaves the number open; browsers stop at 20. */
export const maxHops = 20;

export interface Hop {
  readonly kind: 'hop';
  /** Absolute; without a fragment, but with user name and password if the server put them there. */
  readonly url: string;
  /** The next request goes to another party: nothing that was meant for this one may go with it. */
  readonly dropSecrets: boolean;
}

/**
 * @param redirect `from`: the link that answered; `location`: its Location field, one char per byte;
 *   `hops`: redirects already followed for this request, without this one
 * @param options `allowInsecure`: a person agreed to leave https for http
 * @returns refused `redirect-unsafe` for any scheme but http and https and for https to http, `redirect-loop`
 *   after {@link maxHops}, `http-malformed` for what is no link
 */
export function nextHop(
  redirect: { readonly from: string; readonly location: string; readonly hops: number },
  options: { readonly allowInsecure?: boolean } = {},
): Hop | Refused {
  if (redirect.hops >= maxHops) return refused('redirect-loop', `more than ${maxHops} redirects`);
  const from = URL.parse(redirect.from);
  const to = from === null ? null : URL.parse(encodeBytes(redirect.location), from.href);
  if (from === null || to === null || to.hostname === '') {
    if (to !== null && !isWeb(to)) return refuseScheme(to);
    return refused('http-malformed', 'the Location field is not a link');
  }
  if (!isWeb(to)) return refuseScheme(to);
  if (from.protocol === 'https:' && to.protocol === 'http:' && options.allowInsecure !== true) {
    return refused('redirect-unsafe', 'a redirect from https to http', { scheme: 'http', host: to.host });
  }
  to.hash = '';
  return { kind: 'hop', url: to.href, dropSecrets: !isSameParty(from.href, to.href) };
}

/**
 * Whether what was meant for one link may be sent to the other: the same origin, or the same host moved from http
 * to https on the usual ports, which exposes nothing more.
 */
export function isSameParty(link: string, other: string): boolean {
  const ours = URL.parse(link);
  const theirs = URL.parse(other);
  if (ours === null || theirs === null) return false;
  if (ours.protocol === theirs.protocol && ours.host === theirs.host) return true;
  const upgraded = ours.protocol === 'http:' && theirs.protocol === 'https:';
  return upgraded && ours.port === '' && theirs.port === '' && ours.hostname === theirs.hostname;
}

function isWeb(url: URL): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:';
}

function refuseScheme(url: URL): Refused {
  const scheme = url.protocol.slice(0, -1).slice(0, 40);
  return refused('redirect-unsafe', 'a redirect to something that is not http', { scheme });
}

/** Location is bytes: those beyond ASCII are the link's own, in whatever charset, and travel back unchanged. */
function encodeBytes(location: string): string {
  return location.replace(/[\u0080-\u00ff]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
