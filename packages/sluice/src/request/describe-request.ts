/** Brings a request into its normal form, and refuses what could not be sent before anything is. */
import { readFile } from 'node:fs/promises';
import { SluiceError } from '@sluice/contract';
import { describe, optionError, readOptions } from '../core/options/option-error.ts';
import type { RequestOptions } from '../core/options/request-options.ts';
import { type BodySource, checkNewUrl, isSafe } from '@sluice/engine';
import { bodyOptions, describeBody } from './body.ts';
import type { DescribedBody } from './described-body.ts';
import { bytesSource } from './body-source.ts';
import type { RequestDescription, RequestLike } from './description.ts';
import type { RequestDescriptor } from './descriptor.ts';
import { pairsOf } from './fields.ts';
import { readHeaders } from './read-headers.ts';
import { requestKey } from './request-key.ts';

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Reads what there is to read, but for the contents of files that are to be sent.
 * @throws SluiceError `url-invalid`, `url-unsupported`; `request-invalid` (facts: `name`, the option that is wrong)
 */
export async function describeRequest(request: RequestLike): Promise<RequestDescriptor> {
  const description = isDescription(request) ? readDescription(request) : { url: request };
  const url = resolveUrl(description);
  const headers = readHeaders(description.headers ?? {});
  const body = await describeBody(description);
  const options = await resolveOptions(description, body);
  const key = requestKey({ url, headers, options, body });
  return { url: url.href, headers, request: options, upload: body === null ? null : uploadOf(body.content), key };
}

/** The link of any way to say a request, as it was given. */
export function urlOfRequest(request: RequestLike): string {
  return String(isDescription(request) ? request.url : request);
}

function isDescription(request: RequestLike): request is RequestDescription {
  return typeof request === 'object' && request !== null && !(request instanceof URL);
}

const known: readonly (keyof RequestDescription)[] = [
  'url',
  'query',
  'method',
  'headers',
  ...bodyOptions,
  'caFile',
  'request',
];

function readDescription(given: RequestDescription): RequestDescription {
  const { url, ...rest } = readOptions(given, 'the request', known);
  if (typeof url === 'string' || url instanceof URL) return { url, ...rest };
  throw optionError('url', `a request needs a url, a text or a URL, not ${describe(url)}`);
}

function resolveUrl({ url, query }: RequestDescription): URL {
  if (typeof url !== 'string' && !(url instanceof URL)) {
    throw optionError('request', `a request must be a link, a URL or a description of a request, not ${describe(url)}`);
  }
  const parsed = new URL(checkNewUrl(String(url)));
  parsed.hash = '';
  for (const [name, value] of query === undefined ? [] : pairsOf(query)) parsed.searchParams.append(name, value);
  return parsed;
}

async function resolveOptions(description: RequestDescription, body: DescribedBody | null): Promise<RequestOptions> {
  const { request = {}, caFile } = description;
  const twice = body !== null && (request.body !== undefined || request.contentType !== undefined);
  if (twice)
    refuse(bodyOptions.find((name) => description[name] !== undefined) ?? 'body', 'request has a body already');
  if (description.method !== undefined && request.method !== undefined)
    refuse('method', 'request has a method already');
  if (caFile !== undefined && request.certificateAuthority !== undefined) refuse('caFile', 'request has one already');
  const hasBody = body !== null || request.body !== undefined;
  const method = description.method ?? request.method ?? (hasBody ? 'POST' : 'GET');
  if (!methods.has(method)) refuse('method', `${String(method)} is none of ${[...methods].join(', ')}`);
  if (hasBody && isSafe(method)) refuse('method', `a body does not go with ${method}`);
  return {
    ...request,
    method,
    ...(body === null ? {} : encodedBody(body)),
    ...(caFile === undefined ? {} : { certificateAuthority: await readAuthorities(caFile) }),
  };
}

/** What is larger does not go into the options, which are kept whole in memory more than once. */
const mostOptionBytes = 12 * 1024 * 1024;

function uploadOf(content: DescribedBody['content']): BodySource | null {
  if (!(content instanceof Uint8Array)) return content;
  return content.length > mostOptionBytes ? bytesSource(content) : null;
}

function encodedBody({ content, contentType }: DescribedBody): RequestOptions {
  const type = contentType === null ? {} : { contentType };
  if (uploadOf(content) !== null || !(content instanceof Uint8Array)) return type;
  return { body: Buffer.from(content).toString('base64'), bodyEncoding: 'base64', ...type };
}

async function readAuthorities(caFile: string): Promise<string> {
  try {
    return await readFile(caFile, 'utf8');
  } catch (error) {
    throw new SluiceError('request-invalid', 'cannot read the file of certificate authorities', {
      facts: { name: 'caFile' },
      cause: error,
    });
  }
}

function refuse(name: string, detail: string): never {
  throw new SluiceError('request-invalid', detail, { facts: { name } });
}
