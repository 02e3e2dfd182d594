/** Brings a request into its normal form, and refuses what could not be sent before anything is. */
import { readFile } from 'node:fs/promises';
import { SluiceError } from '@sluice/contract';
import type { RequestOptions } from '../core/request-options.ts';
import { checkNewUrl } from '@sluice/engine';
import { type DescribedBody, bodyOptions, describeBody } from './body.ts';
import type { RequestDescription, RequestLike } from './description.ts';
import type { RequestDescriptor } from './descriptor.ts';
import { pairsOf } from './fields.ts';
import { readHeaders } from './read-headers.ts';
import { requestKey } from './request-key.ts';

/**
 * Reads what there is to read, files of a form included.
 * @throws SluiceError `url-invalid`, `url-unsupported`; `request-invalid` (facts: `name`, the option that is wrong)
 */
export async function describeRequest(request: RequestLike): Promise<RequestDescriptor> {
  const description = isDescription(request) ? request : { url: request };
  const url = resolveUrl(description);
  const headers = readHeaders(description.headers ?? {});
  const body = await describeBody(description);
  const options = await resolveOptions(description, body);
  return { url: url.href, headers, request: options, key: requestKey({ url, headers, options, body }) };
}

/** The link of any way to say a request, as it was given. */
export function urlOfRequest(request: RequestLike): string {
  return String(isDescription(request) ? request.url : request);
}

function isDescription(request: RequestLike): request is RequestDescription {
  return typeof request === 'object' && !(request instanceof URL);
}

function resolveUrl({ url, query }: RequestDescription): URL {
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
  if (!['GET', 'POST'].includes(method)) {
    refuse('method', `${String(method)} fetches no file: a download is asked for with GET or POST`);
  }
  if (method === 'GET' && hasBody) refuse('method', 'a body goes with POST alone');
  return {
    ...request,
    method,
    ...(body === null ? {} : encodedBody(body)),
    ...(caFile === undefined ? {} : { certificateAuthority: await readAuthorities(caFile) }),
  };
}

/** The limit of the contract: what a download's durable record may hold. */
const maxBodyLength = 16_777_216;

function encodedBody({ bytes, contentType }: DescribedBody): RequestOptions {
  const body = Buffer.from(bytes).toString('base64');
  if (body.length > maxBodyLength) refuse('body', 'a body may hold 12 MiB: what is larger is no request for a file');
  return { body, bodyEncoding: 'base64', ...(contentType === null ? {} : { contentType }) };
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
