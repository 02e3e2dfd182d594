/** Writes the head of a request, and refuses what would be more than one head. */
import { SluiceError } from '@sluice/contract';
import type { HeaderLines, HttpRequest } from '../../ports/http.ts';
import { lengthOf } from './measured-body.ts';
import type { Target } from './target.ts';

// RFC 9110 section 5.6.2.
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// RFC 9110 section 5.5, with obs-text: one char per byte, no control but the tab.
const fieldValue = /^[\t -~\x80-\xff]*$/;

/** Of these, none has to be said to be none (RFC 9110 section 8.6). */
const expectsBody: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/** They say how a message is framed or what a connection is for: the adapter's to say. */
const adapterFields: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** @throws `request-invalid`, naming the field and never its value */
export function checkRequestHeaders(headers: HeaderLines): void {
  for (const [name, value] of headers) {
    if (!token.test(name)) throw new SluiceError('request-invalid', 'a header name is not a token');
    if (!fieldValue.test(value)) refuse(name, 'holds a control or a non-latin-1 character');
    if (adapterFields.has(name.toLowerCase())) refuse(name, 'is not for a request to set');
  }
}

/**
 * The request line and all fields, ready for the wire.
 * @throws `request-invalid`
 */
export function writeRequestHead(request: HttpRequest, target: Target): string {
  checkRequestHeaders(request.headers);
  const lines = [`${request.method} ${target.path} HTTP/1.1`];
  const hasHost = request.headers.some(([name]) => name.toLowerCase() === 'host');
  if (!hasHost) lines.push(`Host: ${target.authority}`);
  lines.push('Connection: keep-alive');
  if (target.proxyAuthorization !== null) lines.push(`Proxy-Authorization: ${target.proxyAuthorization}`);
  for (const [name, value] of request.headers) lines.push(`${name}: ${value}`);
  if (request.body !== undefined) lines.push(`Content-Length: ${lengthOf(request.body)}`);
  else if (expectsBody.has(request.method)) lines.push('Content-Length: 0');
  lines.push('', '');
  return lines.join('\r\n');
}

function refuse(name: string, why: string): never {
  throw new SluiceError('request-invalid', `header ${name} ${why}`, { facts: { name } });
}
