/** What all downloads without a list share, and how one of them turns its spec into a request. */
import type { ProxySettings } from '../plan/request/choose-proxy.ts';
import type { Platform } from '../plan/names/sanitize.ts';
import type { Network } from '../ports/network.ts';
import type { Hosts } from '../servers/hosts.ts';
import type { RequestBase } from '../transfer/request/open-response.ts';
import { createRequestSession } from '../transfer/request/request-session.ts';
import type { RunPorts } from '../transfer/run/run-context.ts';
import { resolveTimeouts } from '../transfer/connections/timeouts.ts';
import { userAgent } from '../transfer/request/user-agent.ts';
import type { DownloadSpec } from './spec.ts';

export interface DirectDeps {
  readonly ports: RunPorts;
  readonly platform: Platform;
  readonly proxies: ProxySettings;
  readonly hosts: Hosts;
  readonly network?: Network | undefined;
  /** Between 0 and 1; for jitter. */
  readonly random: () => number;
}

const usualTimeouts = { headTimeoutMs: 30_000, idleTimeoutMs: 30_000 };

export function requestBase({ proxies }: Pick<DirectDeps, 'proxies'>, spec: DownloadSpec): RequestBase {
  return {
    url: spec.url,
    headers: spec.headers,
    options: spec.request,
    upload: spec.upload ?? null,
    session: createRequestSession(spec.url, spec.request, {
      proxies,
      cookies: spec.cookies ?? null,
      sendsLoginAtOnce: spec.sendsLoginAtOnce ?? false,
    }),
    hooks: spec.hooks,
    userAgent,
    timeouts: resolveTimeouts(usualTimeouts, {}, spec.request.timeouts),
  };
}
