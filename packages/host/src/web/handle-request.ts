/**
 * Answers plain HTTP requests: the page's own files, which hold no secret and are for everyone who asks under the right
 * name, and finished downloads for a ticket.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EngineApi } from '@sluice/contract';
import { type AccessRules, isAllowedHost, isAmbiguousHost, isSameOrigin } from './access.ts';
import { sendFinishedFile } from './finished-file.ts';
import type { RefusalLog } from './refusal-log.ts';
import { securityHeaders } from './security-headers.ts';
import type { StaticFile, StaticFiles } from './static-files.ts';
import type { Strangers } from './strangers.ts';
import type { Tickets } from './tickets.ts';

export interface WebDeps {
  readonly api: EngineApi;
  readonly files: StaticFiles;
  readonly rules: AccessRules;
  /** The address to use in place of an ambiguous name. */
  readonly localUrl: string;
  readonly tickets: Tickets;
  readonly refusals: RefusalLog;
  /** Plain HTTP connections, until a ticket was shown on them. */
  readonly strangers: Strangers;
}

export async function handleRequest(
  context: WebDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  const refusal = refuseRequest(context, request);
  if (refusal !== null) return refuse(context, request, { response, status: refusal });
  const url = new URL(request.url ?? '/', 'http://host.invalid');
  if (isAmbiguousHost(request.headers.host)) return redirect(response, new URL(context.localUrl), url);
  const id = /^\/files\/([\w-]+)$/.exec(url.pathname)?.[1];
  if (id === undefined) return sendStatic(context.files.get(url.pathname), request, response);
  const ticket = url.searchParams.get('ticket') ?? '';
  const isGood = request.method === 'HEAD' ? context.tickets.holds(ticket, id) : context.tickets.redeem(ticket, id);
  if (!isGood) return refuse(context, request, { response, status: 401 });
  // A file may be long, and its reader slow.
  context.strangers.release(request.socket);
  request.socket.setTimeout(0);
  response.setHeader('Connection', 'close');
  return sendFinishedFile({ api: context.api, id, request, response });
}

type RefusalStatus = 400 | 401 | 403 | 405;

const refusalTexts: Readonly<Record<RefusalStatus, string>> = {
  400: 'This request is not one Sluice understands.',
  401: 'This link has been used, or is too old. Ask for the file again in the window of Sluice.',
  403: 'Sluice answers only pages of its own.',
  405: 'Sluice only lets you read here.',
};

/** What is wrong with a request before anyone asks who sent it. Null when nothing is. */
function refuseRequest({ rules }: WebDeps, request: IncomingMessage): RefusalStatus | null {
  const { host, origin } = request.headers;
  if (!isAllowedHost(host, rules)) return 403;
  if (origin !== undefined && !isSameOrigin(origin, host)) return 403;
  if (request.method !== 'GET' && request.method !== 'HEAD') return 405;
  return URL.canParse(request.url ?? '/', 'http://host.invalid') ? null : 400;
}

function refuse(
  { refusals }: WebDeps,
  { headers, socket }: IncomingMessage,
  { response, status }: { readonly response: ServerResponse; readonly status: RefusalStatus },
): void {
  const { host, origin } = headers;
  refusals.note({ reason: `answered with ${status}`, host, origin, address: socket.remoteAddress });
  // Also gives up a body that is still on its way.
  response.setHeader('Connection', 'close');
  sendText(response, status, refusalTexts[status]);
}

/** The fragment goes along by itself. */
function redirect(response: ServerResponse, to: URL, { pathname, search }: URL): void {
  to.pathname = pathname;
  to.search = search;
  response.writeHead(307, { Location: to.href, 'Cache-Control': 'no-store' }).end();
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
