/** Finds the host that already owns a data folder, so that a second program can hand it what it was asked. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { type RemoteEngine, channelFromWebSocket, connectEngine } from '@sluice/contract';
import { WebSocket } from 'ws';
import { localEndpoint } from './local-endpoint.ts';

/** @returns null when no host answers there. Close the engine when done: it keeps the process alive. */
export async function connectToRunningHost(dataFolder: string): Promise<RemoteEngine | null> {
  const endpoint = localEndpoint(dataFolder);
  if (endpoint === null) return null;
  const socket = new WebSocket('ws://localhost/', {
    createConnection: () => connect(endpoint),
    perMessageDeflate: false,
  });
  try {
    await once(socket, 'open');
  } catch {
    return null;
  }
  return connectEngine(channelFromWebSocket(socket));
}
