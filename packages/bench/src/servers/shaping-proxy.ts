/** A TCP proxy that delays and paces: what a link far away does, where the kernel cannot be asked to. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface ProxyOptions {
  readonly upstreamPort: number;
  /** Default 127.0.0.1. */
  readonly address?: string;
  /** Every byte arrives this much later, in both directions. Default 0. */
  readonly delayMs?: number;
  /** What a connection may bring its client, by the number it was accepted as since `restart`; Infinity: all. */
  readonly bytesPerSecond?: (connection: number) => number;
}

export interface ShapingProxy {
  readonly port: number;
  /** The next connection is number 0 again. */
  restart(): void;
  [Symbol.asyncDispose](): Promise<void>;
}

const tickMs = 10;

export async function startShapingProxy(options: ProxyOptions): Promise<ShapingProxy> {
  let accepted = 0;
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const upstream = connect({ port: options.upstreamPort, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    const bytesPerSecond = options.bytesPerSecond?.(accepted) ?? Number.POSITIVE_INFINITY;
    accepted += 1;
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
    }
    const delayMs = options.delayMs ?? 0;
    forward(client, upstream, { delayMs, bytesPerSecond: Number.POSITIVE_INFINITY });
    forward(upstream, client, { delayMs, bytesPerSecond });
  });
  server.listen(0, options.address ?? '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    restart: () => {
      accepted = 0;
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

/** How much may be on its way at once: two seconds of 200 Mbit/s would never be, a window of 16 MB can. */
const mostInFlightBytes = 16 * 1024 ** 2;

/** In order, each piece not before its time. */
function forward(from: Socket, to: Socket, link: { readonly delayMs: number; readonly bytesPerSecond: number }): void {
  if (link.delayMs === 0 && link.bytesPerSecond === Number.POSITIVE_INFINITY) {
    from.pipe(to);
    return;
  }
  const queue: Array<{ readonly bytes: Buffer | null; readonly dueMs: number }> = [];
  let inFlightBytes = 0;
  let allowance = 0;
  const allowed = link.bytesPerSecond === Number.POSITIVE_INFINITY ? mostInFlightBytes : link.bytesPerSecond / 5;
  const send = (): void => {
    const nowMs = performance.now();
    for (let first = queue[0]; first !== undefined && first.dueMs <= nowMs; first = queue[0]) {
      if (to.destroyed) return;
      if (first.bytes === null) {
        queue.shift();
        to.end();
        continue;
      }
      const part = first.bytes.subarray(0, Math.min(first.bytes.length, Math.floor(allowance)));
      if (part.length === 0 || to.writableNeedDrain) break;
      to.write(part);
      allowance -= part.length;
      inFlightBytes -= part.length;
      queue.shift();
      if (part.length < first.bytes.length) queue.unshift({ ...first, bytes: first.bytes.subarray(part.length) });
    }
    if (inFlightBytes < allowed / 2) from.resume();
  };
  const timer = setInterval(() => {
    allowance = Math.min(allowed, allowance + (link.bytesPerSecond * tickMs) / 1000);
    send();
  }, tickMs);
  if (link.bytesPerSecond === Number.POSITIVE_INFINITY) allowance = Number.POSITIVE_INFINITY;
  from.on('data', (bytes) => {
    queue.push({ bytes, dueMs: performance.now() + link.delayMs });
    inFlightBytes += bytes.length;
    if (inFlightBytes >= allowed) from.pause();
  });
  from.on('end', () => queue.push({ bytes: null, dueMs: performance.now() + link.delayMs }));
  to.on('close', () => clearInterval(timer));
}
