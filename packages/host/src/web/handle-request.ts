/** Answers plain HTTP requests: lets the right browser in, then serves the UI's files and finished downloads. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EngineApi } from '@sluice/contract';
import {
  type AccessRules,
  cookieName,
  isAllowedHost,
  isSameOrigin,
  isSameToken,
  readCookie,
  sessionCookie,
} from './access.ts';
import { sendFinishedFile } from './finished-file.ts';
import { securityHeaders } from './security-headers.ts';
import type { StaticFile, StaticFiles } from './static-files.ts';
import type { Tickets } from './tickets.ts';

export interface WebContext {
  readonly api: EngineApi;
  readonly files: StaticFiles;
  readonly rules: AccessRules;
  readonly token: string;
  readonly tickets: Tickets;
}

export async function handleRequest(
  context: WebContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  const refusal = refuseRequest(context, request);
  if (refusal !== null) return sendText(response, refusal, refusalTexts[refusal]);
  const url = new URL(request.url ?? '/', 'http://host.invalid');
  if (holdsKey(context, url)) return letIn(context, url, response);
  if (!hasSession(context, request)) return sendText(response, 401, refusalTexts[401]);
  const id = /^\/files\/([\w-]+)$/.exec(url.pathname)?.[1];
  if (id !== undefined) return sendFinishedFile({ api: context.api, id, request, response });
  return sendStatic(context.files.get(url.pathname), request, response);
}

type RefusalStatus = 400 | 401 | 403 | 405;

const refusalTexts: Readonly<Record<RefusalStatus, string>> = {
  400: 'This request is not one Sluice understands.',
  401: 'Open the link that Sluice printed when it started: it holds the key to this page.',
  403: 'Sluice answers only pages of its own.',
  405: 'Sluice only lets you read here.',
};

/** What is wrong with a request before anyone asks who sent it. Null when nothing is. */
function refuseRequest({ rules }: WebContext, request: IncomingMessage): RefusalStatus | null {
  const { host, origin } = request.headers;
  if (!isAllowedHost(host, rules)) return 403;
  if (origin !== undefined && !isSameOrigin(origin, host)) return 403;
  if (request.method !== 'GET' && request.method !== 'HEAD') return 405;
  return URL.canParse(request.url ?? '/', 'http://host.invalid') ? null : 400;
}

/** In the address, once: either the token itself or a ticket. */
function holdsKey({ token, tickets }: WebContext, { searchParams }: URL): boolean {
  const ticket = searchParams.get('ticket');
  return isSameToken(searchParams.get('token'), token) || (ticket !== null && tickets.redeem(ticket));
}

/** Shared with the WebSocket upgrade, which stands or falls by the same cookie. */
export function hasSession({ rules, token }: WebContext, request: IncomingMessage): boolean {
  return isSameToken(readCookie(request.headers.cookie, cookieName(rules.port)), token);
}

/** The key leaves the address bar, the history and the referrer as soon as it has done its work. */
function letIn({ rules, token }: WebContext, url: URL, response: ServerResponse): void {
  url.searchParams.delete('token');
  url.searchParams.delete('ticket');
  response
    .writeHead(303, {
      Location: `/${url.pathname.replace(/^\/+/, '')}${url.search}`,
      'Set-Cookie': sessionCookie(rules.port, token),
      'Cache-Control': 'no-store',
    })
    .end();
}

function sendStatic(file: StaticFile | undefined, request: IncomingMessage, response: ServerResponse): void {
  if (file === undefined) return sendText(response, 404, 'There is nothing here.');
  if (request.headers['if-none-match'] === file.headers['ETag']) {
    response.writeHead(304, { ETag: file.headers['ETag'] }).end();
    return;
  }
  response.writeHead(200, file.headers).end(request.method === 'HEAD' ? undefined : file.body);
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response
    .writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' })
    .end(`${text}\n`);
}
