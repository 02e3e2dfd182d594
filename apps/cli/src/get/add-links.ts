/** Hands the links of a request to an engine, all or none. */
import type { EngineApi, RequestOptions } from '@sluice/contract';
import { findNetrcLogin } from '@sluice/host';
import type { GetRequest } from '../arguments/get-request.ts';
import type { Rejection } from '../report/reporter.ts';

export type LinksAdded =
  | { readonly kind: 'added'; readonly ids: readonly string[] }
  /** Some could not be taken, so that none is fetched. */
  | { readonly kind: 'rejected'; readonly rejections: readonly Rejection[] };

/** A ceiling for one host is a courtesy of ours; a number that was asked for is an order. */
const usualConnectionsPerHost = 16;

/** Of so many files most are small, and a small one spends its time waiting for answers. */
const longListLinks = 32;
const mostAtOnce = 16;

/** They are added paused. Each id once: the same link twice is one download. */
export async function addLinks(
  api: Pick<EngineApi, 'add' | 'writeSettings'>,
  request: GetRequest,
  netrc = '',
): Promise<LinksAdded> {
  const { links, folder, name, headers, maxConnections, bytesPerSecond } = request;
  await api.writeSettings({
    speedLimitBytesPerSecond: bytesPerSecond,
    maxConnectionsPerHost: Math.max(usualConnectionsPerHost, maxConnections),
    ...(links.length < longListLinks ? {} : { maxRunning: mostAtOnce }),
  });
  const { results } = await api.add({
    downloads: links.map((url) => ({
      url,
      folder,
      headers,
      maxConnections,
      request: withLogin(request.request, url, netrc),
      ...(name === null ? {} : { name }),
    })),
    start: false,
  });
  const rejections = results.filter((result) => result.kind === 'rejected');
  if (rejections.length > 0) return { kind: 'rejected', rejections };
  return {
    kind: 'added',
    ids: [...new Set(results.flatMap((result) => (result.kind === 'rejected' ? [] : result.id)))],
  };
}

/** A login that was given wins, whether by an option or inside the link. */
function withLogin(request: RequestOptions, link: string, netrc: string): RequestOptions {
  const url = URL.parse(link);
  if (netrc === '' || url === null || url.username !== '' || request.username !== undefined) return request;
  return { ...request, ...findNetrcLogin(netrc, url.hostname) };
}
