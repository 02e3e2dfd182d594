/** The stable key of a request: what two requests share exactly when a server is asked the same. */
import { createHash } from 'node:crypto';
import type { RequestOptions } from '../core/options/request-options.ts';
import type { DescribedBody } from './described-body.ts';
import { inNormalOrder } from './fields.ts';

interface KeyParts {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly options: RequestOptions;
  readonly body: DescribedBody | null;
}

/** Fields that speak of one exchange and not of what is asked for. */
const fieldsOfThisHop: ReadonlySet<string> = new Set([
  'accept-encoding',
  'cache-control',
  'connection',
  'content-length',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'keep-alive',
  'pragma',
]);

/** Bumped when the rules below change, so that keys of different rules never meet. */
const keyVersion = 1;

export function requestKey({ url, headers, options, body }: KeyParts): string {
  const place = `${url.protocol}//${url.username}:${url.password}@${url.host}${url.pathname}`;
  const query = inNormalOrder(url.searchParams);
  const fields = inNormalOrder(Object.entries(headers).filter(([name]) => !fieldsOfThisHop.has(name)));
  const deps = [keyVersion, options.method, place, query, fields, askerOf(options), bodyOf(options, body)];
  return createHash('sha256').update(JSON.stringify(deps)).digest('hex');
}

/** The key of a request beside which a call says more. Equal to the request's own when it does not. */
export function keyBeside(
  descriptor: { readonly key: string },
  beside: { readonly headers?: Readonly<Record<string, string>>; readonly request?: RequestOptions },
): string {
  const { headers = {}, request = {} } = beside;
  const lower = Object.entries(headers).map(([name, value]): [string, string] => [name.toLowerCase(), value.trim()]);
  const fields = inNormalOrder(lower.filter(([name]) => !fieldsOfThisHop.has(name)));
  const more = [fields, askerOf(request), [request.method, ...bodyOf(request, null)].map((part) => part ?? null)];
  if (more.flat(2).every((part) => part === null)) return descriptor.key;
  return createHash('sha256')
    .update(JSON.stringify([descriptor.key, more]))
    .digest('hex');
}

/** Who asks: a server may answer each differently. */
function askerOf(options: RequestOptions): readonly (string | null)[] {
  const { username, password, cookies, cookieFile, referer, userAgent, clientCertificate } = options;
  const asker = [username, password, cookies, cookieFile, referer, userAgent, clientCertificate?.certificate];
  return asker.map((part) => part ?? null);
}

function bodyOf(options: RequestOptions, body: DescribedBody | null): readonly (string | null)[] {
  const type = options.contentType ?? null;
  if (body === null) return [type, options.bodyEncoding ?? null, options.body ?? null];
  // The boundary of an upload differs from call to call and means nothing.
  return [type?.startsWith('multipart/') === true ? 'multipart' : type, body.identity];
}
