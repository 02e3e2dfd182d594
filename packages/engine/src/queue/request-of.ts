/** What every request for a download of the list has in common. */
import type { Settings } from '@sluice/contract';
import type { DownloadRecord } from '../download/record.ts';
import type { ProxySettings } from '../plan/choose-proxy.ts';
import type { RequestBase } from '../transfer/open-response.ts';
import { createRequestSession } from '../transfer/request-session.ts';
import { resolveTimeouts, type Timeouts } from '../transfer/timeouts.ts';
import { userAgent } from '../transfer/user-agent.ts';

export interface RequestParts {
  readonly settings: () => Settings;
  /** Where the host wants other than the settings say. */
  readonly timeouts: Partial<Timeouts>;
  /** Proxies that the system names. */
  readonly proxies: ProxySettings;
}

export function requestOf(
  { url, headers, request }: Pick<DownloadRecord, 'url' | 'headers' | 'request'>,
  { settings, timeouts, proxies }: RequestParts,
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
