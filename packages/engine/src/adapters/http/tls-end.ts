/** Tells a TLS stream that was closed from one that was merely cut off (RFC 9112 section 9.8, RFC 8446 section 6.1). */
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { getSystemErrorName } from 'node:util';

export interface EndWitness {
  /** `proper` on plain TCP after FIN, which is all there is, and on TLS after a close_notify. */
  readonly end: 'none' | 'proper' | 'cut';
}

/**
 * Must be called before anyone reads from the socket.
 *
 * Node reports both ends alike: by pushing null. `end` may follow much later, when nothing can be told apart any more,
 * so the push is what is watched.
 */
export function witnessEnd(socket: Socket): EndWitness {
  const witness: { end: EndWitness['end'] } = { end: 'none' };
  const push = socket.push.bind(socket);
  socket.push = (chunk: unknown, encoding?: BufferEncoding) => {
    if (chunk === null) witness.end = isEndProper(socket) ? 'proper' : 'cut';
    return push(chunk, encoding);
  };
  return witness;
}

/**
 * A close_notify is reported while the TCP stream below goes on, a cut when that stream has ended; and a stream that
 * goes on says so when asked to start reading. Should a later Node hide the stream below, every unproved end counts
 * as a cut: the safe mistake.
 */
function isEndProper(socket: Socket): boolean {
  if (!(socket instanceof TLSSocket)) return true;
  const handle = memberOf(socket, '_handle');
  // Not reading, so no FIN can have been seen: the end was in what TLS had read before.
  if (memberOf(handle, 'reading') === false) return true;
  const below = memberOf(handle, '_parent');
  const readStart = memberOf(below, 'readStart');
  if (typeof readStart !== 'function') return false;
  const status: unknown = Reflect.apply(readStart, below, []);
  return typeof status === 'number' && status < 0 && getSystemErrorName(status) === 'EALREADY';
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
