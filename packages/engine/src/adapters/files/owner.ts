/**
 * Gives this process a name that others on the machine can ask after. It listens on a local socket that the system
 * closes with the process, however that ends; unlike a process number, the name never comes to mean another one.
 */
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { errnoOf } from './disk-errors.ts';

const namePattern = /^sluice-[0-9a-f]{32}$/;

/** Long enough for a machine that is busy; the system answers for the process, so it need not be awake. */
const answerWithinMs = 2000;

let ours: Promise<string | null> | null = null;

/** Null where the system allows no such socket: others then cannot tell that this process lives. */
export function ownerOfThisProcess(): Promise<string | null> {
  ours ??= announce();
  return ours;
}

/** Whether a process of that name lives on this machine, as far as it can be seen from here. */
export async function isOwnerAlive(owner: string): Promise<boolean> {
  const address = addressOf(owner);
  if (address === null) return false;
  if (owner === (await ours)) return true;
  const errno = await tryConnect(address);
  if (errno === 'ECONNREFUSED' && isSocketFile(address)) await rm(address, { force: true }).catch(() => {});
  return errno === null || (errno !== 'ECONNREFUSED' && errno !== 'ENOENT');
}

function announce(): Promise<string | null> {
  const name = `sluice-${randomBytes(16).toString('hex')}`;
  const owner = process.platform === 'linux' || process.platform === 'win32' ? name : join(tmpdir(), name);
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve) => {
    server.once('error', () => resolve(null));
    server.listen(addressOf(owner) ?? '', () => resolve(owner));
    server.unref();
  });
}

/**
 * Linux has sockets without a file and Windows has pipes; elsewhere the socket is a file and the owner's name its
 * path. Null for what no process of ours ever called itself: names come from files that anybody may have written.
 */
function addressOf(owner: string): string | null {
  if (!namePattern.test(basename(owner))) return null;
  if (process.platform === 'linux') return owner === basename(owner) ? `\0${owner}` : null;
  if (process.platform === 'win32') return owner === basename(owner) ? `\\\\.\\pipe\\${owner}` : null;
  return owner;
}

function isSocketFile(address: string): boolean {
  return address.startsWith('/');
}

/** @returns null when a process listens there, else why it cannot be reached */
function tryConnect(address: string): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect(address);
    const conclude = (errno: string | null) => {
      socket.destroy();
      resolve(errno);
    };
    socket.setTimeout(answerWithinMs, () => conclude('ETIMEDOUT'));
    socket.once('connect', () => conclude(null));
    socket.once('error', (error) => conclude(errnoOf(error) ?? 'EIO'));
  });
}
