/** The HTTP port over undici: for HTTP/2, and for whatever our own reader should not be asked to do. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { SluiceError } from '@sluice/contract';
import { Client, type Dispatcher } from 'undici';
import type { BodySource, HttpPort, HttpRequest, HttpResponse } from '../../../ports/http.ts';
import { createDeadline } from '../deadline.ts';
import type { Dialer } from '../dial.ts';
import { isSource, measuredBody } from '../measured-body.ts';
import { checkRequestHeaders } from '../request-head.ts';
import { headLimits } from '../socket/response-head.ts';
import { routedError } from '../proxy-errors.ts';
import { parseRoute } from '../route.ts';
import { parseTarget, type Target } from '../target.ts';
import { openTunnel } from '../tunnel.ts';
import { SocketWitness } from './socket-witness.ts';
import { UndiciExchange } from './undici-exchange.ts';

/**
 * Each exchange has a connection of its own, because undici tells neither whether it sent a request on a connection
 * that was just dying nor how a connection ended, and both decide what a body is worth.
 */
export function createUndiciBackend(dialer: Dialer): HttpPort {
  return {
    async exchange(request, signal) {
      signal.throwIfAborted();
      checkRequestHeaders(request.headers);
      const target = parseTarget(request.url, parseRoute(request.route));
      const witness = new SocketWitness();
      const open = { timeoutMs: request.headTimeoutMs, signal };
      const client = createClient({ dialer, target, witness, open });
      const exchange = new UndiciExchange({ client, target, witness, signal, request });
      return untilHead({ request, target, witness, exchange, signal, client });
    },
    close: () => Promise.resolve(),
  };
}

interface ClientDeps {
  readonly dialer: Dialer;
  readonly target: Target;
  readonly witness: SocketWitness;
  readonly open: { readonly timeoutMs: number; readonly signal: AbortSignal };
}

function createClient({ dialer, target, witness, open }: ClientDeps): Client {
  return new Client(target.origin, {
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: headLimits.totalBytes,
    allowH2: true,
    connect: (_options, callback) => {
      void connect({ dialer, target, witness, open }, callback);
    },
  });
}

async function connect(
  { dialer, target, witness, open }: ClientDeps,
  callback: (...connected: [null, Socket] | [Error, null]) => void,
): Promise<void> {
  const refuse = (error: unknown): void => {
    const told = witness.isOpen ? error : routedError(error, target);
    callback(told instanceof Error ? told : new SluiceError('internal', String(told)), null);
  };
  try {
    const tunnel = await openTunnel(target, open);
    if (witness.isDestroyed) {
      tunnel?.destroy();
      throw new SluiceError('aborted', 'given up while its tunnel was opened');
    }
    const socket = dialer.dial(target, { protocols: ['h2', 'http/1.1'], tunnel });
    witness.watch(socket);
    if (socket !== tunnel) await once(socket, target.isSecure ? 'secureConnect' : 'connect');
    witness.isOpen = true;
    callback(null, socket);
  } catch (error) {
    if (!witness.isOpen) refuse(error);
  }
}

function dispatchOptions(
  request: HttpRequest,
  target: Target,
  sending: { readonly onTaken: () => void; readonly onFailed: (error: unknown) => void },
): Dispatcher.DispatchOptions {
  return {
    path: target.path,
    method: request.method,
    headers: [
      ...request.headers.flat(),
      ...(isSource(request.body) ? ['content-length', String(request.body.lengthBytes)] : []),
      ...(target.proxyAuthorization === null ? [] : ['proxy-authorization', target.proxyAuthorization]),
    ],
    body: isSource(request.body) ? toReadable(request.body, sending) : (request.body ?? null),
    reset: true,
  };
}

/** What a stream fails with undici wraps in words of its own: whoever waits is told first. */
function toReadable(
  source: BodySource,
  { onTaken, onFailed }: { readonly onTaken: () => void; readonly onFailed: (error: unknown) => void },
): Readable {
  const body = Readable.from(measuredBody(source, onTaken), { objectMode: false });
  body.prependListener('error', onFailed);
  return body;
}

interface Waiting {
  readonly client: Client;
  readonly request: HttpRequest;
  readonly target: Target;
  readonly witness: SocketWitness;
  readonly exchange: UndiciExchange;
  readonly signal: AbortSignal;
}

async function untilHead({ client, request, target, witness, exchange, signal }: Waiting): Promise<HttpResponse> {
  const { host, port } = target;
  const onAbort = (): void => exchange.giveUp(signal.reason);
  const deadline = createDeadline(request.headTimeoutMs, () => {
    const code = witness.isOpen ? 'stalled' : 'connect-timeout';
    exchange.giveUp(new SluiceError(code, `no answer in ${request.headTimeoutMs} ms`, { facts: { host, port } }));
  });
  signal.addEventListener('abort', onAbort, { once: true });
  let isOver = false;
  // The rest of a body may go out, or be given up, behind the answer: no clock runs for that.
  const onTaken = (): void => {
    if (!isOver) deadline.restart();
  };
  const sending = { onTaken, onFailed: (error: unknown) => exchange.giveUp(error) };
  client.dispatch(dispatchOptions(request, target, sending), exchange);
  try {
    return await exchange.response;
  } finally {
    isOver = true;
    deadline.stop();
    signal.removeEventListener('abort', onAbort);
  }
}
