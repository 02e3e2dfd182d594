/** Where the host that owns a data folder can be reached by other programs of the same user. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { lstatSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writePrivateFile } from '../folders/private-files.ts';

export interface LocalEndpoint {
  /** Of a socket or a pipe. */
  readonly path: string;
  /**
   * With which both ends prove themselves; null where the system does that: a socket of Unix belongs to a user. The
   * names of Windows' pipes are for all to see, and the first program may take the name of a host that has died.
   */
  readonly secret: string | null;
}

export interface EndpointOptions {
  readonly platform?: NodeJS.Platform;
  /** In front of a pipe's random name. */
  readonly pipePrefix?: string;
}

/** What the smallest `sockaddr_un` of our systems holds (macOS), with its end and some room. */
const longestSocketPathBytes = 100;
const windowsPipePrefix = String.raw`\\.\pipe\sluice-`;
const randomName = /^[0-9a-f]{64}$/;
const recordSchema = z.strictObject({ path: z.string(), secret: z.string().regex(randomName) });

/** @returns null where the folder's path is too long for a socket, and the host then cannot be reached */
function unixSocket(dataFolder: string): string | null {
  const path = join(dataFolder, 'host.sock');
  return Buffer.byteLength(path) > longestSocketPathBytes ? null : path;
}

function recordPath(dataFolder: string): string {
  return join(dataFolder, 'host.pipe');
}

/** For the host: a place of its own. On Windows another one each time, which no program can wait at. */
export function newEndpoint(dataFolder: string, options: EndpointOptions = {}): LocalEndpoint | null {
  const { platform = process.platform, pipePrefix = windowsPipePrefix } = options;
  if (platform === 'win32') {
    return { path: pipePrefix + randomBytes(32).toString('hex'), secret: randomBytes(32).toString('hex') };
  }
  const path = unixSocket(dataFolder);
  return path === null ? null : { path, secret: null };
}

/** Says where the host is, in a file of the folder that its user alone can read. Once it listens, and no sooner. */
export async function publishEndpoint(dataFolder: string, { path, secret }: LocalEndpoint): Promise<void> {
  if (secret !== null) await writePrivateFile(recordPath(dataFolder), JSON.stringify({ path, secret }));
}

export function withdrawEndpoint(dataFolder: string, { secret }: LocalEndpoint): void {
  if (secret !== null) rmSync(recordPath(dataFolder), { force: true });
}

/** For other programs. @returns null when no host says that it is there, or something else is in its place */
export function findEndpoint(dataFolder: string, options: EndpointOptions = {}): LocalEndpoint | null {
  const { platform = process.platform, pipePrefix = windowsPipePrefix } = options;
  if (platform === 'win32') return readRecord(recordPath(dataFolder), pipePrefix);
  const path = unixSocket(dataFolder);
  return path !== null && isOwnSocket(path) ? { path, secret: null } : null;
}

/** Nothing but a pipe of ours: another path could be a file, or a pipe of another machine. */
function readRecord(path: string, pipePrefix: string): LocalEndpoint | null {
  try {
    const record = recordSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    const isOurs = record.path.startsWith(pipePrefix) && randomName.test(record.path.slice(pipePrefix.length));
    return isOurs ? record : null;
  } catch {
    return null;
  }
}

/** In a folder that others may write to, they can put a socket of theirs in the place of ours, but not make it ours. */
function isOwnSocket(path: string): boolean {
  try {
    const found = lstatSync(path);
    return found.isSocket() && (process.getuid === undefined || found.uid === process.getuid());
  } catch {
    return false;
  }
}

export function newNonce(): string {
  return randomBytes(32).toString('hex');
}

/** That its maker has read the record, for this connection alone. @param side so that neither end can be shown its own proof */
export function proofOf(secret: string, side: 'host' | 'client', nonce: string): string {
  return createHmac('sha256', secret).update(`${side}:${nonce}`).digest('hex');
}

export function isProof(given: unknown, expected: string): boolean {
  return (
    typeof given === 'string' &&
    given.length === expected.length &&
    timingSafeEqual(Buffer.from(given), Buffer.from(expected))
  );
}
