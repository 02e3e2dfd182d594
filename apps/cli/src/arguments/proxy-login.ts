/** Puts the login of `--proxy-user` into the proxies that the other options name. */
import { wrongUsage, type Parsed } from './usage-error.ts';

interface RawProxyOptions {
  readonly proxy?: string | false;
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  /** `name:password` */
  readonly proxyUser?: string;
}

export function withProxyLogins<W extends RawProxyOptions>(raw: W): Parsed<W> {
  const { proxyUser, proxy, httpProxy, httpsProxy } = raw;
  if (proxyUser === undefined) return { kind: 'ok', value: raw };
  if (typeof proxy !== 'string' && httpProxy === undefined && httpsProxy === undefined) {
    return wrongUsage({ kind: 'goes-with', option: '--proxy-user', other: '--proxy' });
  }
  return {
    kind: 'ok',
    value: {
      ...raw,
      ...(typeof proxy === 'string' ? { proxy: withLogin(proxy, proxyUser) } : {}),
      ...(httpProxy === undefined ? {} : { httpProxy: withLogin(httpProxy, proxyUser) }),
      ...(httpsProxy === undefined ? {} : { httpsProxy: withLogin(httpsProxy, proxyUser) }),
    },
  };
}

/** Any character may stand in a login; the option comes before what the link says. */
function withLogin(proxy: string, login: string): string {
  const colon = login.indexOf(':');
  const [name, password] = colon === -1 ? [login, ''] : [login.slice(0, colon), login.slice(colon + 1)];
  const start = `${encodeURIComponent(name)}:${encodeURIComponent(password)}@`;
  return proxy.replace(/^([a-z0-9]+:\/\/)(?:.*@)?/i, (_match, scheme: string) => `${scheme}${start}`);
}
