/** Finds the host that already owns a data folder, so that a second program can hand it what it was asked. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { type RemoteEngine, channelFromWebSocket, connectEngine } from '@sluice/contract';
import { WebSocket } from 'ws';
import { type EndpointOptions, findEndpoint, isProof, newNonce, proofOf } from './local-endpoint.ts';

/** Of the upgrade: what the client asks the host to prove itself with, and both proofs. */
export const nonceField = 'sluice-nonce';
export const proofField = 'sluice-proof';

/** @returns null when no host answers there. Close the engine when done: it keeps the process alive. */
export async function connectToRunningHost(
  dataFolder: string,
  options: EndpointOptions = {},
): Promise<RemoteEngine | null> {
  const endpoint = findEndpoint(dataFolder, options);
  if (endpoint === null) return null;
  const { path, secret } = endpoint;
  const nonce = newNonce();
  const socket = new WebSocket('ws://localhost/', {
    createConnection: () => connect(path),
    perMessageDeflate: false,
    ...(secret === null ? {} : { headers: { [nonceField]: nonce, [proofField]: proofOf(secret, 'client', nonce) } }),
  });
  let isHost = secret === null;
  socket.once('upgrade', ({ headers }: IncomingMessage) => {
    if (secret !== null) isHost = isProof(headers[proofField], proofOf(secret, 'host', nonce));
  });
  try {
    await once(socket, 'open');
  } catch {
    return null;
  }
  if (!isHost) {
    // Nothing has been said yet.
    socket.terminate();
    return null;
  }
  return connectEngine(channelFromWebSocket(socket));
}
