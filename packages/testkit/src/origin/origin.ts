/** A hostile HTTP origin on loopback: honest until a test scripts it otherwise, and it remembers everything. */
import { once } from 'node:events';
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import { TLSSocket, createSecureContext } from 'node:tls';
import type { Answer, Script } from './answer.ts';
import { type TestCertificateName, testCertificate } from './certificates.ts';
import { serveConnection } from './connection.ts';
import type { Gate } from './gate.ts';
import type { OriginRequest } from './request.ts';
import type { OriginResource } from './resource.ts';
import { Routes } from './routes.ts';
import { Watch } from './watch.ts';
import { Wire } from './wire.ts';

export interface OriginOptions {
  /** True: TLS with the trusted certificate. Default: plain HTTP. */
  readonly tls?: boolean | TestCertificateName;
  /** Default 127.0.0.1. */
  readonly address?: string;
  /** Default 0, a free one. Give the port of a closed origin to bring it back. */
  readonly port?: number;
  /** Connections beyond this number get `beyond` for every request, or a reset before any. */
  readonly connectionLimit?: { readonly connections: number; readonly beyond: Answer | 'reset' };
  /** Accepted connections stay silent, TLS handshake included, until this opens. */
  readonly acceptGate?: Gate;
}

export interface ConnectionCounts {
  readonly open: number;
  /** The most that clients had open at once: one that its client has ended is not counted, even if this end lives on. */
  readonly peak: number;
  readonly total: number;
}

export interface Origin {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** The issuer to trust, PEM; null without TLS. */
  readonly certificatePem: string | null;
  urlOf(path: string): string;
  /** Serves a resource at a path, which starts with `/` and has no query. Replaces an earlier one. */
  serve(path: string, resource: OriginResource): void;
  /** Changes what is served from the next request on: a new entity, ranges off… */
  change(path: string, changes: Partial<OriginResource>): void;
  /** Takes a resource away: 404 from the next request on. */
  remove(path: string): void;
  /** Asks the script before each answer at this path; it need not be served. Null ends it. */
  script(path: string, script: Script | Answer | null): void;
  /** Every request so far, in order of arrival. Their progress is live. */
  readonly requests: readonly OriginRequest[];
  requestsOf(path: string): readonly OriginRequest[];
  readonly connections: ConnectionCounts;
  /** Body bytes handed to the system, over all answers. A client that left early has read fewer. */
  readonly bodyBytesSent: number;
  /** Settles once the predicate holds; asked after every request, write, answer, and connection opened or closed. */
  waitFor(predicate: (origin: Origin) => boolean): Promise<void>;
  /** Ends every open connection now; new ones are welcome. */
  dropConnections(how?: 'fin' | 'fin-only' | 'reset'): void;
  /** Stops listening, destroys what is open and waits until all of it is gone. Fails waits that are left. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts an origin on a free port of loopback. Close it in the test that started it. */
export async function startOrigin(options: OriginOptions = {}): Promise<Origin> {
  const routes = new Routes();
  const watch = new Watch();
  const wires = new Map<Wire, Promise<void>>();
  const counts = { peak: 0, total: 0, bodyBytes: 0 };
  const { tls = false } = options;
  const secure = tls === false ? null : testCertificate(tls === true ? 'trusted' : tls);
  const context = secure === null ? null : createSecureContext({ cert: secure.certificatePem, key: secure.keyPem });

  const accept = async (raw: Socket): Promise<void> => {
    raw.setNoDelay(true);
    const isBeyond = options.connectionLimit !== undefined && wires.size >= options.connectionLimit.connections;
    if (isBeyond && options.connectionLimit?.beyond === 'reset') {
      raw.resetAndDestroy();
      return;
    }
    const socket = context
      ? new TLSSocket(raw, { isServer: true, secureContext: context, ALPNProtocols: ['http/1.1'] })
      : raw;
    const wire = new Wire(counts.total, raw, socket);
    const closed = new Promise<void>((resolve) => {
      raw.once('close', () => resolve());
    });
    counts.total += 1;
    wires.set(wire, closed);
    // What came before this connection may be heard after it, in the same turn of the event loop.
    setImmediate(() => {
      counts.peak = Math.max(counts.peak, [...wires.keys()].filter(({ isLeft }) => !isLeft).length);
    });
    watch.changed();
    void closed.then(() => {
      wires.delete(wire);
      watch.changed();
    });
    const beyond =
      isBeyond && options.connectionLimit?.beyond !== 'reset' ? options.connectionLimit?.beyond : undefined;
    await serveConnection({
      wire,
      socket,
      routes,
      ...(beyond === undefined ? {} : { always: beyond }),
      changed: (bodyBytes) => {
        counts.bodyBytes += bodyBytes;
        watch.changed();
      },
    });
  };

  const server = createServer({ pauseOnConnect: options.acceptGate !== undefined }, (raw) => {
    if (options.acceptGate === undefined) {
      void accept(raw);
      return;
    }
    raw.on('error', () => raw.destroy());
    void options.acceptGate.pass().then(() => {
      if (raw.destroyed) return;
      raw.resume();
      return accept(raw);
    });
  });
  const address = options.address ?? '127.0.0.1';
  const port = await listen(server, options.port ?? 0, address);
  const url = `${secure === null ? 'http' : 'https'}://${address.includes(':') ? `[${address}]` : address}:${port}`;

  const origin: Origin = {
    url,
    port,
    certificatePem: secure?.certificatePem ?? null,
    urlOf: (path) => `${url}${path}`,
    serve: (path, resource) => routes.serve(path, resource),
    change: (path, changes) => routes.change(path, changes),
    remove: (path) => routes.remove(path),
    script: (path, script) => routes.script(path, script),
    requests: routes.requests,
    requestsOf: (path) => routes.requests.filter((request) => request.path === path),
    get connections() {
      return { open: wires.size, peak: counts.peak, total: counts.total };
    },
    get bodyBytesSent() {
      return counts.bodyBytes;
    },
    waitFor: (predicate) => watch.until(() => predicate(origin)),
    dropConnections(how = 'reset') {
      for (const wire of wires.keys()) wire.end(how);
    },
    async close() {
      const closed = server.listening ? once(server, 'close') : Promise.resolve();
      server.close();
      const leaving = [...wires.values()];
      for (const wire of wires.keys()) wire.destroy();
      options.acceptGate?.open();
      await Promise.all([closed, ...leaving]);
      watch.end();
    },
    [Symbol.asyncDispose]: () => origin.close(),
  };
  return origin;
}

async function listen(server: Server, port: number, address: string): Promise<number> {
  server.listen(port, address);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
