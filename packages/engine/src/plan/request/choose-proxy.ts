/** Decides which proxy a request goes through, by the download's own setting or by the system's. */

/** As environments name them; empty text counts as not set. */
export interface ProxySettings {
  /** For http: links. */
  readonly http: string | null;
  /** For https: links. */
  readonly https: string | null;
  /** For what has none of its own. */
  readonly all: string | null;
  /** Hosts parted by commas or spaces that are reached without one; `*` is every host. */
  readonly none: string;
}

const usualPorts: Readonly<Record<string, string>> = {
  'http:': '80',
  'https:': '443',
  'ftp:': '21',
  'ftps:': '990',
  'sftp:': '22',
  'scp:': '22',
};

export const noProxies: ProxySettings = { http: null, https: null, all: null, none: '' };

/**
 * `http_proxy` counts in small letters alone: in capitals it is a header that a web client may have sent
 * (CVE-2016-5385).
 */
export function proxySettingsFrom(environment: Readonly<Record<string, string | undefined>>): ProxySettings {
  const read = (...names: readonly string[]): string | null =>
    names.map((name) => environment[name]?.trim()).find((value) => value !== undefined && value !== '') ?? null;
  return {
    http: read('http_proxy'),
    https: read('https_proxy', 'HTTPS_PROXY'),
    all: read('all_proxy', 'ALL_PROXY'),
    none: read('no_proxy', 'NO_PROXY') ?? '',
  };
}

/**
 * @param spec `none`: straight to the server; a link: that proxy for every request, whatever the system excepts;
 *   null: as the system says
 * @returns the proxy as a link, or null
 */
export function chooseProxy(url: string, spec: string | null, settings: ProxySettings): string | null {
  if (spec === 'none') return null;
  if (spec !== null) return spec;
  const target = URL.parse(url);
  if (target === null || isExcepted(target, settings.none)) return null;
  const own = target.protocol === 'https:' ? settings.https : target.protocol === 'http:' ? settings.http : null;
  const proxy = own ?? settings.all;
  if (proxy === null) return null;
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
}

/** `example.com` and `.example.com` stand for the host and all below it; a port after it must be the link's. */
function isExcepted(target: URL, none: string): boolean {
  const host = bare(target.hostname);
  const port = target.port === '' ? (usualPorts[target.protocol] ?? '') : target.port;
  return none
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const match = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry);
      const name = bare(match?.[1] ?? entry).replace(/^\*?\./, '');
      if (match?.[2] !== undefined && match[2] !== port) return false;
      return name !== '' && (host === name || host.endsWith(`.${name}`));
    });
}

function bare(host: string): string {
  return host
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
}
