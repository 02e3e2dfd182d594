/** What every request for a download of the list has in common. */
import type { Settings } from '@sluice/contract';
import type { DownloadRecord } from '../download/record.ts';
import type { ProxySettings } from '../plan/request/choose-proxy.ts';
import type { RequestBase } from '../transfer/request/open-response.ts';
import { createRequestSession } from '../transfer/request/request-session.ts';
import { resolveTimeouts, type Timeouts } from '../transfer/connections/timeouts.ts';
import { userAgent } from '../transfer/request/user-agent.ts';

export interface RequestDeps {
  readonly settings: () => Settings;
  /** Where the host wants other than the settings say. */
  readonly timeouts: Partial<Timeouts>;
  /** Proxies that the system names. */
  readonly proxies: ProxySettings;
}

export function requestOf(
  { url, headers, request }: Pick<DownloadRecord, 'url' | 'headers' | 'request'>,
  { settings, timeouts, proxies }: RequestDeps,
): RequestBase {
  return {
    url,
    headers,
    options: request,
    session: createRequestSession(url, request, { proxies }),
    userAgent,
    timeouts: resolveTimeouts(settings(), timeouts, request.timeouts),
  };
}
