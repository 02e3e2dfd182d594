/** The engine's direct half over this system's network, disk and clock: made when first needed, shared by all calls. */
import {
  createHttpPort,
  createMemoryRecords,
  createNodeFiles,
  createSystemClock,
  createSystemNetwork,
  Direct,
  loadAttributes,
  type Platform,
  proxySettingsFrom,
  setAttribute,
  silentLog,
} from '@sluice/engine';
import { SluiceError } from '@sluice/contract';

let shared: Direct | null = null;

export function sharedDirect(): Direct {
  shared ??= createDirect();
  return shared;
}

function createDirect(): Direct {
  const ports = {
    http: createHttpPort(),
    files: createNodeFiles(process.platform, { setAttribute }),
    clock: createSystemClock(),
    network: createSystemNetwork(),
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

/** @throws SluiceError `unsupported` where a file could not be marked with its origin */
export async function requireOriginMarks(): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    await loadAttributes();
  } catch (error) {
    const detail = 'markOrigin needs the package @napi-rs/xattr: npm install @napi-rs/xattr';
    throw new SluiceError('unsupported', detail, { facts: { name: '@napi-rs/xattr' }, cause: error });
  }
}
