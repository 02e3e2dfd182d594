/** What all downloads without a list share, and the request that one of them makes of its wish. */
import type { ProxySettings } from '../plan/request/choose-proxy.ts';
import type { Platform } from '../ports/engine-ports.ts';
import type { Network } from '../ports/network.ts';
import type { Hosts } from '../servers/hosts.ts';
import type { RequestBase } from '../transfer/request/open-response.ts';
import { createRequestSession } from '../transfer/request/request-session.ts';
import type { RunPorts } from '../transfer/run/run-context.ts';
import { resolveTimeouts } from '../transfer/connections/timeouts.ts';
import { userAgent } from '../transfer/request/user-agent.ts';
import type { DirectWish } from './wish.ts';

export interface DirectParts {
  readonly ports: RunPorts;
  readonly platform: Platform;
  readonly proxies: ProxySettings;
  readonly hosts: Hosts;
  readonly network?: Network | undefined;
  /** Between 0 and 1; for jitter. */
  readonly random: () => number;
}

const usualTimeouts = { headTimeoutMs: 30_000, idleTimeoutMs: 30_000 };

export function requestBase({ proxies }: Pick<DirectParts, 'proxies'>, wish: DirectWish): RequestBase {
  return {
    url: wish.url,
    headers: wish.headers,
    options: wish.request,
    upload: wish.upload ?? null,
    session: createRequestSession(wish.url, wish.request, {
      proxies,
      cookies: wish.cookies ?? null,
      sendsLoginAtOnce: wish.sendsLoginAtOnce ?? false,
    }),
    hooks: wish.hooks,
    userAgent,
    timeouts: resolveTimeouts(usualTimeouts, {}, wish.request.timeouts),
  };
}
