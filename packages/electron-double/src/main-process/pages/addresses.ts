/**
 * Custom schemes in a Chromium that knows none: `sluice://app/x` is `https://app.sluice.invalid/x` inside the page, and
 * the first form everywhere the application looks.
 */

const standardSchemes = new Set<string>();

export function addStandardScheme(scheme: string): void {
  standardSchemes.add(scheme);
}

export function isStandardScheme(scheme: string): boolean {
  return standardSchemes.has(scheme);
}

/** The address a page really gets for an address of the application's. */
export function toPageAddress(address: string): string {
  const url = URL.parse(address);
  const scheme = url?.protocol.slice(0, -1) ?? '';
  if (url === null || !standardSchemes.has(scheme)) return address;
  return `https://${url.host}.${scheme}.invalid${url.pathname === '' ? '/' : url.pathname}${url.search}${url.hash}`;
}

/** The inverse of {@link toPageAddress}. */
export function toAppAddress(address: string): string {
  const url = URL.parse(address);
  const match = /^(?<host>.+)\.(?<scheme>[^.]+)\.invalid$/.exec(url?.host ?? '');
  const { host, scheme } = match?.groups ?? {};
  if (url?.protocol !== 'https:' || host === undefined || scheme === undefined || !standardSchemes.has(scheme))
    return address;
  return `${scheme}://${host}${url.pathname}${url.search}${url.hash}`;
}

/** An address's origin as Electron reports it: `sluice://app` for a standard scheme. */
export function appOrigin(address: string): string {
  const url = URL.parse(address);
  if (url === null) return 'null';
  return standardSchemes.has(url.protocol.slice(0, -1)) ? `${url.protocol}//${url.host}` : url.origin;
}
