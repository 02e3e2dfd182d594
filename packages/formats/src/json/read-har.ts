/** Reads a HAR, the recording of a browser's network panel: every answer that came through, with how it was asked for. */
import { z } from 'zod';
import type { RequestOptions } from '@sluice/contract';
import type { LinksRead } from '../entry.ts';
import { LinkCollector } from '../link-collector.ts';
import type { HeaderPair } from '../request-fields.ts';
import { requestMethod } from '../request-method.ts';

const pairs = z.array(z.object({ name: z.string(), value: z.string() }));

const exchange = z.object({
  request: z.object({
    method: z.string().default('GET'),
    url: z.string(),
    headers: pairs.default([]),
    cookies: pairs.default([]),
    postData: z.object({ mimeType: z.string().optional(), text: z.string().optional() }).optional(),
  }),
  response: z
    .object({
      status: z.number().default(0),
      headers: pairs.default([]),
      content: z.object({ size: z.number().optional(), mimeType: z.string().optional() }).default({}),
    })
    .optional(),
});
type Exchange = z.infer<typeof exchange>;

const recording = z.object({ log: z.object({ entries: z.array(z.unknown()) }) });

export function isHar(value: unknown): boolean {
  return recording.safeParse(value).success;
}

export function readHar(value: unknown): LinksRead {
  const collector = new LinkCollector();
  const read = recording.safeParse(value);
  if (!read.success) collector.flag(1, '', { kind: 'damaged' });
  for (const [index, entry] of (read.data?.log.entries ?? []).entries()) {
    const one = exchange.safeParse(entry);
    if (one.success) take(collector, one.data, index + 1);
    else collector.flag(index + 1, '', { kind: 'not-understood' });
  }
  return collector.end('har');
}

function take(collector: LinkCollector, { request, response }: Exchange, line: number): void {
  // A page's sockets, its own data and what its cache invented are no downloads.
  if (!/^https?:/iu.test(request.url)) return;
  const status = response?.status ?? 0;
  // A redirect leads to another entry; an answer without content has nothing to fetch.
  if ((status >= 300 && status < 400 && status !== 304) || status === 204) return;
  const method = requestMethod(request.method);
  if (method === null) return collector.leaveOut(line, request.method);
  const body = request.postData?.text;
  const cookies = request.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const headers: HeaderPair[] = request.headers.map(({ name, value }) => [name, value]);
  const hasCookies = headers.some(([name]) => name.toLowerCase() === 'cookie');
  collector.add({
    url: request.url,
    line,
    headers,
    request: {
      ...(hasCookies || cookies === '' ? {} : { cookies }),
      ...sent(method, body, request.postData?.mimeType),
    },
    ...facts(response),
  });
}

function sent(method: NonNullable<RequestOptions['method']>, body?: string, type?: string): RequestOptions {
  if (method === 'GET' || method === 'HEAD') return method === 'GET' ? {} : { method };
  return {
    method,
    ...(body !== undefined && { body }),
    ...(body !== undefined && type !== undefined && { contentType: type }),
  };
}

function facts(response: Exchange['response']): {
  sizeBytes: number | null;
  contentType: string | null;
  status: number | null;
} {
  const { size = -1, mimeType = '' } = response?.content ?? {};
  const stated = Number(response?.headers.find(({ name }) => name.toLowerCase() === 'content-length')?.value ?? -1);
  // The content may have been decoded, or not recorded at all; what the server states is the file's.
  const known = [stated, size].find((bytes) => Number.isSafeInteger(bytes) && bytes > 0);
  const status = response?.status ?? 0;
  return {
    sizeBytes: known ?? null,
    contentType: mimeType === '' ? null : mimeType,
    status: status > 0 ? status : null,
  };
}
