/** The HTTP port over our own sockets: HTTP/1.1, every framing, connections kept between requests. */
import { SluiceError } from '@sluice/contract';
import type { BodySource, HttpPort, HttpRequest, HttpResponse } from '../../../ports/http.ts';
import { isSafe } from '../../../plan/request/next-method.ts';
import { createDeadline, type Deadline } from '../deadline.ts';
import type { Dialer } from '../dial.ts';
import { isSource, measuredBody } from '../measured-body.ts';
import { writeRequestHead } from '../request-head.ts';
import { routedError } from '../proxy-errors.ts';
import { parseRoute } from '../route.ts';
import { parseTarget } from '../target.ts';
import { openTunnel } from '../tunnel.ts';
import { Connection } from './connection.ts';
import { decideFraming } from './framing.ts';
import { HeadReader } from './head-reader.ts';
import { ConnectionPool, type PoolOptions } from './pool.ts';
import { SocketBody } from './socket-body.ts';

export interface SocketBackendOptions extends PoolOptions {
  readonly dialer: Dialer;
}

export function createSocketBackend(options: SocketBackendOptions): HttpPort {
  const pool = new ConnectionPool(options);
  return {
    async exchange(request, signal) {
      signal.throwIfAborted();
      const target = parseTarget(request.url, parseRoute(request.route));
      const attempt = { request, signal, pool, headText: writeRequestHead(request, target) };
      const kept = await takeKept(pool, target.key, isSafe(request.method));
      signal.throwIfAborted();
      if (kept !== null) {
        const answer = await exchangeOn(kept, attempt);
        if (!isFarewell(answer)) return responseOf(answer);
        if (answer.kind === 'answered') answer.response.body.discard();
        await pool.settleDrains(target.key);
        signal.throwIfAborted();
      }
      const startedMs = performance.now();
      const tunnel = await openTunnel(target, { timeoutMs: request.headTimeoutMs, signal });
      const headTimeoutMs = Math.max(1, request.headTimeoutMs - (performance.now() - startedMs));
      const connection = new Connection(target, options.dialer, tunnel);
      return responseOf(await exchangeOn(connection, { ...attempt, request: { ...request, headTimeoutMs } }));
    },
    close() {
      pool.close();
      return Promise.resolve();
    },
  };
}

/** @returns null when a connection is to be opened: none is left then that nobody counts any more */
async function takeKept(pool: ConnectionPool, key: string, mayBeSentTwice: boolean): Promise<Connection | null> {
  const kept = pool.take(key) ?? ((await pool.settleDrains(key)) ? pool.take(key) : null);
  // Only what may be sent twice goes out on a connection that may just be dying (RFC 9112 section 9.3.1).
  if (mayBeSentTwice) return kept;
  kept?.destroy();
  return null;
}

interface Attempt {
  readonly request: HttpRequest;
  readonly headText: string;
  readonly signal: AbortSignal;
  readonly pool: ConnectionPool;
}

type AttemptOutcome =
  | { readonly kind: 'answered'; readonly response: HttpResponse }
  | { readonly kind: 'failed'; readonly error: unknown; readonly heardAnything: boolean };

/** The server had already given the connection up, silently or with a 408 (RFC 9110 section 15.5.9). */
function isFarewell(outcome: AttemptOutcome): boolean {
  if (outcome.kind === 'answered') return outcome.response.status === 408;
  return outcome.error instanceof SluiceError && outcome.error.code === 'connection-reset' && !outcome.heardAnything;
}

function responseOf(outcome: AttemptOutcome): HttpResponse {
  if (outcome.kind === 'failed') throw outcome.error;
  return outcome.response;
}

async function exchangeOn(connection: Connection, attempt: Attempt): Promise<AttemptOutcome> {
  const { request, signal, pool } = attempt;
  const { host, port } = connection.target;
  const reader = new HeadReader(connection);
  const onAbort = (): void => reader.giveUp(signal.reason);
  const deadline = createDeadline(request.headTimeoutMs, () => {
    const code = connection.isOpen ? 'stalled' : 'connect-timeout';
    reader.giveUp(
      new SluiceError(code, `no answer in ${Math.round(request.headTimeoutMs)} ms`, { facts: { host, port } }),
    );
  });
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    connection.attach(reader);
    connection.write(attempt.headText);
    if (request.body instanceof Uint8Array) connection.write(request.body);
    connection.read();
    const isWhole = isSource(request.body) ? sendBody({ connection, reader, deadline }, request.body) : null;
    const head = await reader.head;
    const asIs = decideFraming(head, request.method);
    // An answer that did not wait for the whole body: what is left of that must not come before another request.
    const decision = { ...asIs, isPersistent: asIs.isPersistent && (isWhole === null || isWhole()) };
    const body = new SocketBody({ connection, decision, pool, idleTimeoutMs: request.idleTimeoutMs, signal });
    return { kind: 'answered', response: { status: head.status, headers: head.headers, body } };
  } catch (error) {
    connection.destroy();
    const told = connection.isOpen ? error : routedError(error, connection.target);
    return { kind: 'failed', error: told, heardAnything: reader.hasHeardAnything };
  } finally {
    deadline.stop();
    signal.removeEventListener('abort', onAbort);
  }
}

interface Sending {
  readonly connection: Connection;
  readonly reader: HeadReader;
  readonly deadline: Deadline;
}

/**
 * Sends while the answer is waited for: a server need not hear all of a body to refuse it (RFC 9110 section 10.1.1).
 * One that has said yes may want the rest before it says more: that gets it as long as its answer is read.
 * @returns says whether all of it has gone
 */
function sendBody({ connection, reader, deadline }: Sending, source: BodySource): () => boolean {
  let isWhole = false;
  let isAnswered = false;
  let isWanted = true;
  reader.head.then(
    ({ status }) => {
      isAnswered = true;
      isWanted = status >= 200 && status < 300;
    },
    () => {
      isAnswered = true;
      isWanted = false;
    },
  );
  // What is given up settles its last write, and must not start a clock that nobody stops any more.
  const onTaken = (): void => {
    if (!isAnswered) deadline.restart();
  };
  const send = async (): Promise<void> => {
    for await (const piece of measuredBody(source, onTaken)) {
      if (!isWanted || connection.isGone) return;
      await connection.send(piece);
    }
    isWhole = true;
  };
  send().catch((error: unknown) => {
    if (!isAnswered) reader.giveUp(error);
  });
  return () => isWhole;
}
