/** A server under attack: two finished files, one browser that is signed in, and ways to knock at every level. */
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type Socket, connect } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { downloadView } from '../fake-engine.ts';
import { type ServerFixture, ask, openSocket, serveFake, showFirst, signIn } from './server-fixture.ts';

export interface Stage extends ServerFixture {
  readonly port: number;
  /** Of a browser that is signed in. */
  readonly key: string;
}

export async function stage(): Promise<Stage> {
  const fixture = await serveFake((folder) => [
    downloadView({ id: 'done', name: 'done.bin', folder }),
    downloadView({ id: 'other', name: 'other.bin', folder }),
  ]);
  for (const name of ['done.bin', 'other.bin', 'secret']) await writeFile(join(fixture.folder, name), 'secret bytes');
  const { key } = await signIn(fixture.server);
  return { ...fixture, port: fixture.server.port, key };
}

export function tcp(port: number): Socket {
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  return socket;
}

/** Exactly these bytes. @returns the status code of the answer, or 'closed' without one */
export async function raw(port: number, text: string): Promise<string> {
  const socket = tcp(port);
  socket.write(text, 'latin1');
  let answer = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    answer += chunk;
  });
  await Promise.race([once(socket, 'end'), once(socket, 'close')]);
  return /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 'closed';
}

export async function status(port: number, path: string, options: Parameters<typeof ask>[2] = {}): Promise<string> {
  return String((await ask(port, path, options)).status);
}

/** What a WebSocket comes to: 'in', or how it was turned away. */
export async function socketEnd(
  port: number,
  message: unknown,
  { path = '/channel', ...headers }: Record<string, string> = {},
): Promise<string> {
  const end = await showFirst(openSocket(port, path, headers), message);
  if (end.kind === 'answered') return 'in';
  return end.kind === 'closed' ? String(end.code) : (/\d{3}/.exec(end.reason)?.[0] ?? end.reason);
}
