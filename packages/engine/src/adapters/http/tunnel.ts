/** Opens a connection through a proxy up to the server's own port, so that whatever follows speaks to the server. */
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { SluiceError } from '@sluice/contract';
import { createDeadline } from './deadline.ts';
import { proxyError } from './proxy-errors.ts';
import { type Proxy, proxyAuthorization } from './route.ts';
import { findHeadEnd, headLimits, parseResponseHead } from './socket/response-head.ts';
import type { Target } from './target.ts';

/**
 * @returns a connected socket that nobody reads; null where none is needed: without a proxy, and where an HTTP proxy
 *   forwards plain requests itself
 * @throws SluiceError `proxy-auth-required`, `proxy-failed`; `signal.reason` when aborted
 */
export async function openTunnel(
  target: Target,
  options: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<Socket | null> {
  const { proxy, family } = target.route;
  if (proxy === null || target.isForwarded) return null;
  const { host, port } = proxy;
  const { timeoutMs, signal } = options;
  signal.throwIfAborted();
  const socket = connectTcp({ host, port, noDelay: true, ...(family === 0 ? { autoSelectFamily: true } : { family }) });
  let stopped: { readonly reason: unknown } | null = null;
  const stop = (reason: unknown): void => {
    stopped ??= { reason };
    socket.destroy(new Error('stopped'));
  };
  const onAbort = (): void => stop(signal.reason);
  const deadline = createDeadline(timeoutMs, () =>
    stop(new SluiceError('proxy-failed', `the proxy did not answer in ${timeoutMs} ms`, { facts: { host, port } })),
  );
  signal.addEventListener('abort', onAbort, { once: true });
  const onError = (): void => {};
  socket.on('error', onError);
  try {
    await once(socket, 'connect');
    if (proxy.kind === 'http') await connectByHttp(socket, target, proxy);
    else await connectBySocks(socket, target, proxy);
    return socket;
  } catch (error) {
    socket.destroy();
    throw stopped === null ? proxyError(error, proxy) : (stopped as { readonly reason: unknown }).reason;
  } finally {
    deadline.stop();
    signal.removeEventListener('abort', onAbort);
    socket.removeListener('error', onError);
  }
}

/** RFC 9110 section 9.3.6. The server's name is looked up by the proxy. */
async function connectByHttp(socket: Socket, target: Target, proxy: Proxy): Promise<void> {
  const authority = `${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`;
  const authorization = proxyAuthorization(proxy);
  const lines = [`CONNECT ${authority} HTTP/1.1`, `Host: ${authority}`];
  if (authorization !== null) lines.push(`Proxy-Authorization: ${authorization}`);
  socket.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  const { status } = parseResponseHead(await readHead(socket, proxy));
  const facts = { host: proxy.host, port: proxy.port, status };
  // Some proxies answer a wrong login with 401; only the proxy has read the request.
  if (status === 407 || status === 401)
    throw new SluiceError('proxy-auth-required', 'the proxy wants a login', { facts });
  if (status < 200 || status > 299) {
    throw new SluiceError('proxy-failed', `the proxy answered ${status} to CONNECT`, { facts });
  }
}

/** Without its empty line. Whatever follows it would be the server's, who has not been spoken to yet. */
function readHead(socket: Socket, { host, port }: Proxy): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let bytes = Buffer.alloc(0);
  const fail = (detail: string): void => reject(new SluiceError('proxy-failed', detail, { facts: { host, port } }));
  const onData = (chunk: Buffer): void => {
    bytes = Buffer.concat([bytes, chunk]);
    const end = findHeadEnd(bytes, bytes.length - chunk.length - 3);
    if (end === null && bytes.length > headLimits.totalBytes) fail('the answer of the proxy is too large');
    if (end === null) return;
    const text = bytes.toString('latin1', 0, end.textEnd);
    const isRefusal = !/^HTTP\/1\.[01][ \t]+2/i.test(text);
    if (!isRefusal && end.headEnd !== bytes.length) fail('the proxy sent more than its answer');
    else resolve(text);
  };
  const onClose = (): void => fail('the proxy closed the connection');
  socket.on('data', onData).once('close', onClose).once('end', onClose);
  return promise.finally(() => {
    socket.pause();
    socket.removeListener('data', onData).removeListener('close', onClose).removeListener('end', onClose);
  });
}

/** RFC 1928 and RFC 1929. The proxy resolves the server's name, so that local name servers do not learn it. */
async function connectBySocks(socket: Socket, target: Target, proxy: Proxy): Promise<void> {
  const { host, port, username, password } = proxy;
  const login = username === '' && password === '' ? {} : { userId: username, password };
  // Most processes never meet such a proxy.
  const { SocksClient } = await import('socks');
  try {
    await SocksClient.createConnection({
      proxy: { host, port, type: 5, ...login },
      command: 'connect',
      destination: { host: target.host, port: target.port },
      existing_socket: socket,
    });
  } catch (error) {
    // Its error carries the options, and with them the password: only the text is kept.
    const text = error instanceof Error ? error.message : 'failed';
    const code = /authenticat/i.test(text) ? 'proxy-auth-required' : 'proxy-failed';
    throw new SluiceError(code, `SOCKS: ${text}`, { facts: { host, port, reason: text } });
  }
}
