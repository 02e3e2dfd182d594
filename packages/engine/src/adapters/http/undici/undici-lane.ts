/** The HTTP port over undici: for HTTP/2, and for whatever our own reader should not be asked to do. */
import { SluiceError } from '@sluice/contract';
import { Client, type Dispatcher } from 'undici';
import type { HttpPort, HttpRequest, HttpResponse } from '../../../ports/http.ts';
import { createDeadline } from '../deadline.ts';
import type { Dialer } from '../dial.ts';
import { checkRequestHeaders } from '../request-head.ts';
import { headLimits } from '../socket/response-head.ts';
import { parseTarget, type Target } from '../target.ts';
import { SocketWitness } from './socket-witness.ts';
import { UndiciExchange } from './undici-exchange.ts';

/**
 * Each exchange has a connection of its own, because undici tells neither whether it sent a request on a connection
 * that was just dying nor how a connection ended, and both decide what a body is worth.
 */
export function createUndiciLane(dialer: Dialer): HttpPort {
  return {
    async exchange(request, signal) {
      signal.throwIfAborted();
      checkRequestHeaders(request.headers);
      const target = parseTarget(request.url);
      const witness = new SocketWitness();
      const client = createClient({ dialer, target, witness });
      const exchange = new UndiciExchange({ client, target, witness, signal, idleTimeoutMs: request.idleTimeoutMs });
      client.dispatch(dispatchOptions(request, target), exchange);
      return untilHead({ request, target, witness, exchange, signal });
    },
    close: () => Promise.resolve(),
  };
}

function createClient(parts: { dialer: Dialer; target: Target; witness: SocketWitness }): Client {
  const { dialer, target, witness } = parts;
  return new Client(target.key, {
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: headLimits.totalBytes,
    allowH2: true,
    connect: (_options, callback) => {
      const socket = dialer.dial(target, { protocols: ['h2', 'http/1.1'] });
      witness.watch(socket);
      socket.once('error', (error) => callback(error, null));
      socket.once(target.isSecure ? 'secureConnect' : 'connect', () => {
        witness.isOpen = true;
        callback(null, socket);
      });
    },
  });
}

function dispatchOptions(request: HttpRequest, target: Target): Dispatcher.DispatchOptions {
  return {
    path: target.path,
    method: request.method,
    headers: request.headers.flat(),
    body: request.body ?? null,
    reset: true,
  };
}

interface Waiting {
  readonly request: HttpRequest;
  readonly target: Target;
  readonly witness: SocketWitness;
  readonly exchange: UndiciExchange;
  readonly signal: AbortSignal;
}

async function untilHead({ request, target, witness, exchange, signal }: Waiting): Promise<HttpResponse> {
  const { host, port } = target;
  const onAbort = (): void => exchange.giveUp(signal.reason);
  const deadline = createDeadline(request.headTimeoutMs, () => {
    const code = witness.isOpen ? 'stalled' : 'connect-timeout';
    exchange.giveUp(new SluiceError(code, `no answer in ${request.headTimeoutMs} ms`, { facts: { host, port } }));
  });
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await exchange.response;
  } finally {
    deadline.stop();
    signal.removeEventListener('abort', onAbort);
  }
}
