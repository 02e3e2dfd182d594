/** The engine's direct half over this system's network, disk and clock: made when first needed, shared by all calls. */
import {
  createHttpPort,
  createMemoryRecords,
  createNodeFiles,
  createSystemClock,
  Direct,
  type Platform,
  proxySettingsFrom,
  silentLog,
} from '@sluice/engine';

let shared: Direct | null = null;

export function sharedDirect(): Direct {
  shared ??= createDirect();
  return shared;
}

function createDirect(): Direct {
  const ports = {
    http: createHttpPort(),
    files: createNodeFiles(),
    clock: createSystemClock(),
    log: silentLog,
    records: createMemoryRecords(),
  };
  return new Direct(ports, { platform: currentPlatform(), proxies: proxySettingsFrom(process.env) });
}

/** Other systems that Node runs on follow Linux in what matters here. */
export function currentPlatform(): Platform {
  const { platform } = process;
  return platform === 'darwin' || platform === 'win32' ? platform : 'linux';
}
