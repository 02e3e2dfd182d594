/** A request in the one form in which everything behind it takes it, whatever way it was written in. */
import type { RequestOptions } from '@sluice/contract';

/** How to ask for something: a link and what goes with it. */
export interface RequestDescription {
  readonly url: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Login, cookies, proxy, certificates, method and body. */
  readonly request?: RequestOptions;
}

/** What {@link toDescriptor} makes of any request. */
export interface RequestDescriptor {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly request: RequestOptions;
}

export function toDescriptor(request: string | URL | RequestDescription): RequestDescriptor {
  if (typeof request === 'string') return { url: request, headers: {}, request: {} };
  if (request instanceof URL) return { url: request.href, headers: {}, request: {} };
  return { url: String(request.url), headers: request.headers ?? {}, request: request.request ?? {} };
}
