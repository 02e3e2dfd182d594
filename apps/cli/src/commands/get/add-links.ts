/** Hands the links of a request to an engine, all or none. */
import type { EngineApi, NewDownload } from '@sluice/contract';
import { findNetrcLogin } from '@sluice/host';
import type { GetRequest } from './request.ts';
import type { Rejection } from '../../report/reporter.ts';

export type LinksAdded =
  | { readonly kind: 'added'; readonly ids: readonly string[] }
  /** Some could not be taken, so that none is fetched. */
  | { readonly kind: 'rejected'; readonly rejections: readonly Rejection[] };

/** A ceiling for one host is a courtesy of ours; a number that was asked for is an order. */
const usualConnectionsPerHost = 16;

/** In long lists most files are small, and a small file spends its time waiting for answers. */
const longListLinks = 32;
const mostAtOnce = 16;

/** They are added paused. Each id once: the same link twice is one download. */
export async function addLinks(
  api: Pick<EngineApi, 'add' | 'writeSettings'>,
  { downloads, bytesPerSecond, maxRunning, retryWaitMs, keepsServerTime, marksOrigin, skipsPresent }: GetRequest,
  netrc = '',
): Promise<LinksAdded> {
  const atOnce = maxRunning ?? (downloads.length < longListLinks ? null : mostAtOnce);
  const asked = downloads.reduce((most, { maxConnections = 0 }) => Math.max(most, maxConnections), 0);
  await api.writeSettings({
    speedLimitBytesPerSecond: bytesPerSecond,
    keepServerTime: keepsServerTime,
    markOrigin: marksOrigin,
    maxConnectionsPerHost: Math.max(usualConnectionsPerHost, asked),
    ...(atOnce === null ? {} : { maxRunning: atOnce }),
    ...(retryWaitMs === null ? {} : { retryWaitMs }),
  });
  const { results } = await api.add({
    downloads: downloads
      .map(loginsFrom(netrc))
      .map((download) => (skipsPresent ? { ...download, skipIfPresent: true } : download)),
    start: false,
  });
  const rejections = results.filter((result) => result.kind === 'rejected');
  if (rejections.length > 0) return { kind: 'rejected', rejections };
  return {
    kind: 'added',
    ids: [...new Set(results.flatMap((result) => (result.kind === 'rejected' ? [] : result.id)))],
  };
}

/** @returns adds the login of its host to a download; one that was given wins, whether by an option or inside the link */
export function loginsFrom(netrc: string): (download: NewDownload) => NewDownload {
  const logins = new Map<string, ReturnType<typeof findNetrcLogin>>();
  return (download) => {
    const url = URL.parse(download.url);
    if (netrc === '' || url === null || url.username !== '' || download.request?.username !== undefined)
      return download;
    const login = logins.has(url.hostname) ? logins.get(url.hostname) : findNetrcLogin(netrc, url.hostname);
    logins.set(url.hostname, login ?? null);
    return { ...download, request: { ...download.request, ...login } };
  };
}
