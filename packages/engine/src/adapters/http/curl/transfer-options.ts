/** Says in curl's options what a request asks for. */
import { userInfo } from 'node:os';
import type { HttpRequest } from '../../../ports/http.ts';
import type { Route } from '../route.ts';
import type { CurlOption } from './curl-config.ts';
import { type CurlTarget, loginOf } from './curl-target.ts';
import type { Range } from './heads/head.ts';

/** Should we be killed where nothing ends curl, it must not wait for ever for a server that says nothing. We ourselves are never so slow. */
const orphanFactor = 4;

/** What every transfer is told. */
export function commonOptions(target: CurlTarget, request: HttpRequest, format: string): readonly CurlOption[] {
  const { scheme, route } = target;
  const seconds = (delayMs: number): string => String(Math.ceil((delayMs * orphanFactor) / 1000));
  return [
    ['url', target.url],
    ['proto', `=${scheme}`],
    ['silent', true],
    ['verbose', true],
    ['no-buffer', true],
    ['globoff', true],
    ['path-as-is', true],
    ['write-out', format],
    ['connect-timeout', seconds(request.headTimeoutMs)],
    ['speed-limit', '1'],
    ['speed-time', seconds(Math.max(request.idleTimeoutMs, 15_000))],
    ...(route.family === 0 ? [] : ([[`ipv${route.family}`, true]] as const)),
    ...proxyOptions(route, scheme !== 'http'),
  ];
}

/** The caller that chose the route has read the environment already. */
function proxyOptions({ proxy }: Route, isTunnelled: boolean): readonly CurlOption[] {
  if (proxy === null) return [['noproxy', '*']];
  const { kind, host, port, username, password } = proxy;
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return [
    ['noproxy', ''],
    ['proxy', `${kind === 'http' ? 'http' : 'socks5h'}://${authority}`],
    ...(isTunnelled && kind === 'http' ? ([['proxytunnel', true]] as const) : []),
    ...(username === '' && password === '' ? [] : ([['proxy-user', `${username}:${password}`]] as const)),
  ];
}

/** @param bodyPath where the body lies that is sent; null for none */
export function webOptions(request: HttpRequest, bodyPath: string | null): readonly CurlOption[] {
  const sendsBody = bodyPath !== null || ['POST', 'PUT', 'PATCH'].includes(request.method);
  const names = new Set(request.headers.map(([name]) => name.toLowerCase()));
  // Without a value a header of curl's own is left out.
  const unwanted = ['User-Agent', 'Accept', 'Expect', 'Content-Type'].filter((name) => !names.has(name.toLowerCase()));
  return [
    ['http1.1', true],
    ...unwanted.map((name) => ['header', `${name}:`] as const),
    ...request.headers.map(([name, value]) => ['header', value === '' ? `${name};` : `${name}: ${value}`] as const),
    ...(request.method === 'GET' || request.method === 'POST' ? [] : ([['request', request.method]] as const)),
    ...(sendsBody ? ([['data-binary', bodyPath === null ? '' : `@${bodyPath}`]] as const) : []),
  ];
}

/** Without a login FTP is anonymous, and SSH logs in as the user of this process, as ssh does. */
export function loginOptions(target: CurlTarget, request: HttpRequest): readonly CurlOption[] {
  const login = loginOf(request);
  if (login !== null) return [['user', `${login.username}:${login.password}`]];
  return target.scheme.startsWith('ftp') ? [] : [['user', `${userInfo().username}:`]];
}

export function rangeOptions(range: Range | null): readonly CurlOption[] {
  if (range === null) return [];
  return [['range', `${range.start}-${range.end === null ? '' : range.end - 1}`]];
}
