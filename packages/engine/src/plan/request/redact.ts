/** Takes the secrets out of links, for logs, views and exports. */

import { findMistypedLogin, withoutLogin } from './mistyped-login.ts';

/** What stands in for a secret. */
const redacted = '***';

/** Names of parameters whose values open doors: signatures of the storage clouds, tokens, sessions, passwords. */
const secretName =
  /token|secret|passw|^pwd$|^pass$|signature|^sig$|^sign$|credential|api-?_?key|access-?_?key|^key$|key-pair-id|^policy$|auth|session|^sid$|jwt|hmac|^hdne[at]s?$|^code$|^ticket$|^md5$|^hash$|^verify$|^st$/i;

/** Values that look like tokens whatever they are called: JSON web tokens, long hex, long mixed base64. */
const secretValues: readonly RegExp[] = [
  /^eyJ[\w-]+\./,
  /^[0-9a-f-]{32,}$/i,
  /^(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])(?=[^\d]*\d)[\w+/=%-]{28,}$/,
];

/** A link with no place for a secret: a host and a path. */
const plainLink = /^https?:\/\/[a-z0-9.-]+(?::\d+)?\/[\w./~%-]*$/;

/**
 * A link without user name, password and fragment and with `***` for the values of parameters that look like
 * tokens. Meant for reading; a text that is not a link, or one with a mistyped login, loses everything after `?` and
 * everything before its last `@`.
 */
export function redactUrl(url: string): string {
  if (plainLink.test(url)) return url;
  const parsed = URL.parse(url);
  const isOdd = parsed === null || (parsed.host === '' && url.includes('@')) || findMistypedLogin(url) !== null;
  if (isOdd) {
    const shown = withoutLogin(url).split(/[?#]/, 1)[0] ?? '';
    return shown === url ? shown : redactUrl(shown);
  }
  parsed.username = '';
  parsed.password = '';
  parsed.hash = '';
  const query = parsed.search.slice(1);
  parsed.search = '';
  return query === '' ? parsed.href : `${parsed.href}?${query.split('&').map(redactParameter).join('&')}`;
}

function redactParameter(parameter: string): string {
  const at = parameter.indexOf('=');
  if (at < 0) return isLikelySecret(parameter) ? redacted : parameter;
  const value = parameter.slice(at + 1);
  if (value === '') return parameter;
  const secret = secretName.test(readable(parameter.slice(0, at))) || isLikelySecret(value);
  return secret ? `${parameter.slice(0, at)}=${redacted}` : parameter;
}

/** Whether a value looks like a token, whatever it is called. */
export function isLikelySecret(value: string): boolean {
  return secretValues.some((shape) => shape.test(value));
}

function readable(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
