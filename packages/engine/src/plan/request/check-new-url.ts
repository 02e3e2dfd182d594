/** Judges a link that someone wants to add, and says what they may have meant. */
import { maxUrlLength } from '@sluice/contract';
import { SluiceError } from '../../errors.ts';
import { isFileScheme, isWebScheme } from '../connections/choose-backend.ts';
import { findMistypedLogin, type MistypedLogin } from './mistyped-login.ts';

/** Schemes that exist and are not for us: a slip of the finger is not assumed. */
const otherSchemes: ReadonlySet<string> = new Set(
  `about blob chrome data ed2k file git gopher irc javascript ldap magnet mailto news nfs rsync rtmp rtsp sip smb sms
  ssh tel telnet urn vbscript view-source ws wss`.split(/\s+/),
);

/** What each scheme's servers listen on; the URL standard knows only that of ftp. */
const usualPorts: Readonly<Record<string, string>> = { ftps: '990', sftp: '22', scp: '22' };

/**
 * A link in the form in which it is kept: as the URL standard writes it, without the fragment, which no server
 * ever sees, and with everything else, secrets included.
 * @throws SluiceError `url-unsupported` for a scheme other than http, https, ftp, ftps, sftp and scp (facts: `scheme`,
 *   and `suggestion`, the scheme that was probably meant), for a folder (facts: `scheme`, `problem` `folder`) and for
 *   a transfer as text (`problem` `text`); `url-invalid` for anything that is no link (facts: `suggestion` when only
 *   the scheme is missing; `problem` `login`, `character` and `written` for a login with a character that ends it)
 */
export function checkNewUrl(text: string): string {
  const trimmed = text
    .trim()
    .replace(/^<(.*)>$/s, '$1')
    .trim();
  if (trimmed.length > maxUrlLength) throw new SluiceError('url-invalid', 'the link is too long');
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(trimmed)?.[1]?.toLowerCase();
  if (scheme === undefined || isLikelyHost(scheme, trimmed)) throw withoutScheme(trimmed);
  if (!isWebScheme(scheme) && !isFileScheme(scheme)) throw unsupported(scheme);
  const mistyped = findMistypedLogin(trimmed);
  if (mistyped !== null) throw loginMistyped(mistyped);
  const url = URL.parse(trimmed);
  // A link pasted behind the scheme of another reads as a host called "http".
  if (url === null || isWebScheme(url.hostname) || isFileScheme(url.hostname)) throw notALink();
  url.hash = '';
  return isFileScheme(scheme) ? checkFileUrl(url, scheme) : url.href;
}

/**
 * The URL standard takes any text for the host of a scheme it does not know; here it is held to what it asks of http.
 */
function checkFileUrl(url: URL, scheme: string): string {
  const host = URL.parse(`http://${url.hostname}/`)?.hostname ?? '';
  if (host === '' || url.pathname === '') throw notALink();
  url.hostname = host;
  if (url.port === usualPorts[scheme]) url.port = '';
  // RFC 1738 section 3.2.2: `;type=` says how, and `i` is how we fetch; `a` would change line ends, `d` list a folder.
  const type = /^(.*);type=([a-z])$/i.exec(scheme.startsWith('ftp') ? url.pathname : '');
  if (type?.[2]?.toLowerCase() === 'i') url.pathname = type[1] ?? '';
  const facts = { scheme };
  if (type !== null && type[2]?.toLowerCase() !== 'i') {
    throw new SluiceError('url-unsupported', 'not a transfer of bytes', { facts: { ...facts, problem: 'text' } });
  }
  if (url.pathname.endsWith('/')) {
    throw new SluiceError('url-unsupported', 'a folder, not a file', { facts: { ...facts, problem: 'folder' } });
  }
  return url.href;
}

/** Nothing else of the link is named: whatever stands there may be a password. */
function loginMistyped({ character, written }: MistypedLogin): SluiceError {
  const facts = { problem: 'login', character, written };
  return new SluiceError('url-invalid', `${character} in a login is written ${written}`, { facts });
}

function notALink(): SluiceError {
  return new SluiceError('url-invalid', 'not a link');
}

/** `localhost:8080/x` and `example.com:443` parse as schemes; what follows tells them apart. */
function isLikelyHost(scheme: string, text: string): boolean {
  return /^\d{1,5}(?:[/?#]|$)/.test(text.slice(scheme.length + 1));
}

function withoutScheme(text: string): SluiceError {
  const host = /^(?:\/\/)?([^\s/?#]+)/.exec(text)?.[1] ?? '';
  const isLocal = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i.test(host);
  const isHost = isLocal || /^(?:[\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]{2,}(?::\d+)?$/u.test(host);
  const facts = isHost && !/\s/.test(text) ? { suggestion: isLocal ? 'http' : 'https' } : {};
  return new SluiceError('url-invalid', 'not a link', { facts });
}

function unsupported(scheme: string): SluiceError {
  const shown = scheme.slice(0, 40);
  const meant = otherSchemes.has(scheme) ? null : nearestScheme(scheme);
  return new SluiceError('url-unsupported', `${shown} links are not supported`, {
    facts: meant === null ? { scheme: shown } : { scheme: shown, suggestion: meant },
  });
}

/** https before http: of two equally near, the one with the more letters was more likely cut. */
function nearestScheme(scheme: string): string | null {
  let best: { readonly scheme: string; readonly slips: number } | null = null;
  for (const candidate of ['http', 'https', 'ftp', 'ftps', 'sftp']) {
    const slips = slipsBetween(scheme, candidate);
    // In three letters two slips leave nothing of what was meant.
    const mostSlips = candidate.startsWith('http') ? 2 : 1;
    if (slips <= mostSlips && (best === null || slips < best.slips)) best = { scheme: candidate, slips };
  }
  return best?.scheme ?? null;
}

/** Letters missing, added, wrong or swapped (optimal string alignment). */
function slipsBetween(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const wrong = left[row - 1] === right[column - 1] ? 0 : 1;
      const swapped = row > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + wrong,
        swapped ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[right.length] ?? 0;
}
