/** Judges a link that someone wants to add, and says what they may have meant. */
import { maxUrlLength } from '@sluice/contract';
import { SluiceError } from '../errors.ts';

/** Schemes that exist and are not http: a slip of the finger is not assumed. */
const otherSchemes: ReadonlySet<string> = new Set(
  `about blob chrome data ed2k file ftp ftps git gopher irc javascript ldap magnet mailto news nfs rsync rtmp rtsp scp
  sftp sip smb sms ssh tel telnet urn vbscript view-source ws wss`.split(/\s+/),
);

/**
 * A link in the form in which it is kept: as the URL standard writes it, without the fragment, which no server
 * ever sees, and with everything else, secrets included.
 * @throws SluiceError `url-unsupported` for a scheme other than http and https (facts: `scheme`, and `suggestion`,
 *   the scheme that was probably meant); `url-invalid` for anything that is no link (facts: `suggestion` when only
 *   the scheme is missing)
 */
export function checkNewUrl(text: string): string {
  const trimmed = text
    .trim()
    .replace(/^<(.*)>$/s, '$1')
    .trim();
  if (trimmed.length > maxUrlLength) throw new SluiceError('url-invalid', 'the link is too long');
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(trimmed)?.[1]?.toLowerCase();
  if (scheme === undefined || looksLikeHost(scheme, trimmed)) throw withoutScheme(trimmed);
  if (scheme !== 'http' && scheme !== 'https') throw unsupported(scheme);
  const url = URL.parse(trimmed);
  // A link pasted behind the scheme of another reads as a host called "http".
  if (url === null || /^https?$/.test(url.hostname)) throw new SluiceError('url-invalid', 'not a link');
  url.hash = '';
  return url.href;
}

/** `localhost:8080/x` and `example.com:443` parse as schemes; what follows tells them apart. */
function looksLikeHost(scheme: string, text: string): boolean {
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
  for (const candidate of ['http', 'https']) {
    const slips = slipsBetween(scheme, candidate);
    if (slips <= 2 && (best === null || slips < best.slips)) best = { scheme: candidate, slips };
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
