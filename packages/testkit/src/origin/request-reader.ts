/** Reads requests off a connection; as lenient as a test server may be, since only our own clients speak to it. */
import type { Socket } from 'node:net';
import type { Wire } from './wire.ts';

export interface ReadRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly headerLines: readonly string[];
  readonly body: Buffer;
}

export class RequestReader {
  readonly #wire: Wire;
  #bytes: Buffer = Buffer.alloc(0);
  #more = Promise.withResolvers<void>();

  constructor(socket: Socket, wire: Wire) {
    this.#wire = wire;
    socket.on('data', (chunk: Buffer) => {
      this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
      this.#more.resolve();
      this.#more = Promise.withResolvers();
    });
  }

  /** The next request of the connection. @throws ClientGone when there is none */
  async next(): Promise<ReadRequest> {
    let headEnd = this.#bytes.indexOf('\r\n\r\n');
    while (headEnd === -1) {
      await this.#wire.until(this.#more.promise);
      headEnd = this.#bytes.indexOf('\r\n\r\n');
    }
    const [requestLine = '', ...headerLines] = this.#bytes.toString('latin1', 0, headEnd).split('\r\n');
    const [method = '', target = ''] = requestLine.split(' ');
    const headers = fieldsOf(headerLines);
    const bodyStart = headEnd + 4;
    const bodyEnd = bodyStart + Number(headers['content-length'] ?? 0);
    while (this.#bytes.length < bodyEnd) await this.#wire.until(this.#more.promise);
    const body = Buffer.from(this.#bytes.subarray(bodyStart, bodyEnd));
    this.#bytes = this.#bytes.subarray(bodyEnd);
    return { method, target, headers, headerLines, body };
  }
}

function fieldsOf(lines: readonly string[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    const earlier = fields[name];
    fields[name] = earlier === undefined ? value : `${earlier}, ${value}`;
  }
  return fields;
}
