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
  /** What came and was not read yet; joined when it is looked at, so that a large body is not copied for each piece. */
  #pieces: Buffer[] = [];
  #lengthBytes = 0;
  #more = Promise.withResolvers<void>();

  constructor(socket: Socket, wire: Wire) {
    this.#wire = wire;
    socket.on('data', (chunk: Buffer) => {
      this.#pieces.push(chunk);
      this.#lengthBytes += chunk.length;
      this.#more.resolve();
      this.#more = Promise.withResolvers();
    });
  }

  /** The next request of the connection. @throws ClientGone when there is none */
  async next(): Promise<ReadRequest> {
    let headEnd = this.#joined().indexOf('\r\n\r\n');
    while (headEnd === -1) {
      await this.#wire.until(this.#more.promise);
      headEnd = this.#joined().indexOf('\r\n\r\n');
    }
    const [requestLine = '', ...headerLines] = this.#joined().toString('latin1', 0, headEnd).split('\r\n');
    const [method = '', target = ''] = requestLine.split(' ');
    const headers = fieldsOf(headerLines);
    const bodyStart = headEnd + 4;
    const bodyEnd = bodyStart + Number(headers['content-length'] ?? 0);
    while (this.#lengthBytes < bodyEnd) await this.#wire.until(this.#more.promise);
    const bytes = this.#joined();
    const body = Buffer.from(bytes.subarray(bodyStart, bodyEnd));
    this.#pieces = [bytes.subarray(bodyEnd)];
    this.#lengthBytes -= bodyEnd;
    return { method, target, headers, headerLines, body };
  }

  #joined(): Buffer {
    const [only = Buffer.alloc(0), ...others] = this.#pieces;
    const bytes = others.length === 0 ? only : Buffer.concat([only, ...others]);
    this.#pieces = [bytes];
    return bytes;
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
