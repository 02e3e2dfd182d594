/** The rpc: an EngineApi served at one end of a Channel and used at the other. */
export { connectEngine, type RemoteEngine } from './connect-engine.ts';
export { followEngine, type EngineFollower } from './follow-engine.ts';
export { createMemoryChannelPair } from './memory-channel.ts';
export { channelFromMessagePort, type DomMessagePort, type ElectronMessagePort } from './message-port-channel.ts';
export { protocolVersion } from './messages.ts';
export { serveEngine } from './serve-engine.ts';
export {
  channelFromWebSocket,
  defaultMaxFrameLength,
  type WebSocketChannelOptions,
  type WebSocketLike,
} from './web-socket-channel.ts';
