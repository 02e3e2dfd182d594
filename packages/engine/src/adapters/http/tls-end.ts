/** Tells a TLS stream that was closed from one that was merely cut off (RFC 9112 section 9.8, RFC 8446 section 6.1). */
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { constants } from 'node:os';

interface RawHandle {
  readStart(): number;
}

/**
 * Call in the listener of `end`. True on plain TCP, where FIN is all there is, and on TLS after a close_notify.
 *
 * Node reports both ends alike, but at different moments: a close_notify while the TCP stream below is still being
 * read, a cut when that stream has ended. Asked to start reading, a stream that reads already says so. Should a
 * later Node hide the stream below, every unproved end counts as a cut: the safe mistake.
 */
export function endedProperly(socket: Socket): boolean {
  if (!(socket instanceof TLSSocket)) return true;
  return rawHandleOf(socket)?.readStart() === -constants.errno.EALREADY;
}

function rawHandleOf(socket: TLSSocket): RawHandle | null {
  const handle = memberOf(socket, '_handle');
  const raw = memberOf(handle, '_parent');
  return typeof memberOf(raw, 'readStart') === 'function' ? (raw as RawHandle) : null;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
