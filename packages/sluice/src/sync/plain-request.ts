/** Brings requests and options into a form that another thread can be handed, or says what of them cannot be. */
import { SluiceError } from '@sluice/contract';
import type { Fields, HeadersLike, RequestDescription, RequestLike } from '../request/description.ts';
import { pairsOf } from '../request/fields.ts';
import { readHeaders } from '../request/read-headers.ts';

/** @throws SluiceError `request-invalid` (facts: `name`) */
export function plainRequest(request: RequestLike): RequestLike {
  if (typeof request === 'string' || request instanceof URL) return String(request);
  const { query, form, headers, multipart, ...rest } = request;
  if (multipart instanceof FormData) {
    refuse('multipart', 'a FormData is for the asynchronous calls: give an object of parts');
  }
  return {
    ...rest,
    url: String(request.url),
    ...(query === undefined ? {} : { query: plainFields(query) }),
    ...(form === undefined ? {} : { form: plainFields(form) }),
    ...(headers === undefined ? {} : { headers: readHeaders(headers) }),
    ...(multipart === undefined ? {} : { multipart }),
  } satisfies RequestDescription;
}

function plainFields(fields: Fields): Fields {
  return fields instanceof URLSearchParams ? pairsOf(fields) : fields;
}

/**
 * Options that another thread can be handed.
 * @throws SluiceError `request-invalid` (facts: `name`) for headers that cannot be sent
 */
export function plainOptions<Options extends { readonly headers?: HeadersLike }>(options: Options): Options {
  return options.headers === undefined ? options : { ...options, headers: readHeaders(options.headers) };
}

/** @throws SluiceError `request-invalid` (facts: `name`, the option that is a function, a signal or an open cache) */
export function refuseLiving(options: object): void {
  for (const [name, value] of Object.entries(options) as [string, unknown][]) {
    if (typeof value === 'function') refuse(name, `${name}: a function cannot be called while the thread waits`);
    if (value instanceof AbortSignal)
      refuse(name, `${name}: a signal cannot abort while the thread waits; timeoutMs can`);
    if (name === 'cookieJar') refuse(name, 'cookieJar: it lives in this thread, and the other one cannot fill it');
    if (name === 'cache' && isOpenCache(value)) refuse(name, 'cache: give the folder, not an open cache');
    if (name === 'stream' && value === true) refuse(name, 'stream: a synchronous call gives memory or a file');
    if (value !== null && typeof value === 'object' && isPlain(value)) refuseLiving(value);
  }
}

function isOpenCache(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'obtain' in value;
}

function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype;
}

function refuse(name: string, detail: string): never {
  throw new SluiceError('request-invalid', detail, { facts: { name } });
}
