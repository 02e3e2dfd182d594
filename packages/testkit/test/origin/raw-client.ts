/** A client with no opinion: sends text, collects bytes, and tells how the connection ended. */
import { type Socket, connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Origin } from '@sluice/testkit/origin';

export interface RawExchange {
  readonly socket: Socket;
  readonly text: () => string;
  /** `fin`, or the code of the error that ended it. */
  readonly ended: Promise<string>;
}

export function sendRaw(origin: Origin, requestText: string): RawExchange {
  const socket = origin.certificatePem
    ? connectTls({ host: '127.0.0.1', port: origin.port, ca: origin.certificatePem })
    : connectTcp(origin.port, '127.0.0.1');
  const received: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => received.push(chunk));
  const ended = new Promise<string>((resolve) => {
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.on('end', () => resolve('fin'));
  });
  socket.write(requestText);
  return { socket, text: () => Buffer.concat(received).toString('latin1'), ended };
}

export function get(path: string, ...lines: readonly string[]): string {
  return [`GET ${path} HTTP/1.1`, 'Host: test', ...lines, '', ''].join('\r\n');
}
