/** Opens the page's Channel to the server it came from. */
import { type RemoteEngine, SluiceError, channelFromWebSocket, connectEngine } from '@sluice/contract';

/** @throws `disconnected` when the server does not answer or does not let this browser in */
export async function connect(): Promise<RemoteEngine> {
  const socket = openSocket();
  const { promise, resolve, reject } = Promise.withResolvers<RemoteEngine>();
  socket.addEventListener('open', () => resolve(connectEngine(channelFromWebSocket(socket))), { once: true });
  socket.addEventListener('close', () => reject(new SluiceError('disconnected')), { once: true });
  return promise;
}

/** For the first paint: an engine at once, whose calls wait for the connection or learn that there is none. */
export function connectNow(): RemoteEngine {
  return connectEngine(channelFromWebSocket(openSocket()));
}

function openSocket(): WebSocket {
  const url = new URL('/channel', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return new WebSocket(url);
}
