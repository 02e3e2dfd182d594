/** Reads a cookies.txt, the format that Netscape began and that curl, wget and browsers' add-ons write. */

export interface FileCookie {
  /** Without a leading dot. */
  readonly domain: string;
  /** Also for the hosts below the domain. */
  readonly includesSubdomains: boolean;
  readonly path: string;
  readonly isSecure: boolean;
  readonly isHttpOnly: boolean;
  /** Null for a cookie of the session. */
  readonly expiresAtMs: number | null;
  readonly name: string;
  readonly value: string;
}

const httpOnlyMark = '#HttpOnly_';

/** Seven fields parted by tabs: domain, subdomains, path, secure, expiry in seconds, name, value. Other lines are passed over. */
export function parseNetscapeCookies(text: string): FileCookie[] {
  return text.split(/\r?\n/).flatMap((line) => parseLine(line) ?? []);
}

function parseLine(line: string): FileCookie | null {
  const isHttpOnly = line.startsWith(httpOnlyMark);
  const content = isHttpOnly ? line.slice(httpOnlyMark.length) : line;
  if (content.startsWith('#')) return null;
  const [domain = '', subdomains = '', path = '', secure = '', expiry = '', name, ...value] = content.split('\t');
  const seconds = Number(expiry);
  if (domain === '' || name === undefined || name === '' || !Number.isFinite(seconds)) return null;
  return {
    domain: domain.replace(/^\./, '').toLowerCase(),
    includesSubdomains: subdomains.toUpperCase() === 'TRUE',
    path: path.startsWith('/') ? path : '/',
    isSecure: secure.toUpperCase() === 'TRUE',
    isHttpOnly,
    expiresAtMs: seconds > 0 ? seconds * 1000 : null,
    name,
    value: value.join('\t'),
  };
}
