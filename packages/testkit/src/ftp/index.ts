/** A hostile FTP server: says what it is told to say, and lets tests see what was asked. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { FtpFile, FtpReplies } from './ftp-script.ts';
import { FtpSession } from './ftp-session.ts';

export interface FtpOrigin extends AsyncDisposable {
  readonly port: number;
  /** By their path, without a slash in front; changed at will. */
  readonly files: Map<string, FtpFile>;
  replies: FtpReplies;
  /** All that was asked, without logins. */
  readonly commands: readonly string[];
  readonly openConnections: number;
  urlOf(path: string): string;
}

export async function startFtpOrigin(): Promise<FtpOrigin> {
  const sockets = new Set<Socket>();
  const commands: string[] = [];
  const files = new Map<string, FtpFile>();
  const script: { replies: FtpReplies } = { replies: {} };
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    new FtpSession(socket, { files, script, note: (command) => commands.push(command) }).start();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    files,
    commands,
    get replies() {
      return script.replies;
    },
    set replies(replies) {
      script.replies = replies;
    },
    get openConnections() {
      return sockets.size;
    },
    urlOf: (path) => `ftp://127.0.0.1:${port}/${path}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
