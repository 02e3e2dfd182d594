/** What every host is made of, with a database or without: ports over this system, and an end that joins. */
import {
  type Engine,
  type EngineOptions,
  type EnginePorts,
  type Log,
  type Records,
  createHttpPort,
  createNodeFiles,
  createSystemClock,
  createSystemNetwork,
  proxySettingsFrom,
  attributeLibrary,
  setAttribute,
} from '@sluice/engine';
import { stopDeadlines } from '@sluice/contract';
import { currentPlatform } from './current-platform.ts';
import type { Host, HostNotice, HostOptions } from './host.ts';
import { settlesWithin } from './settles-within.ts';

/** Quitting is a join, but a disk that hangs must not keep a computer from shutting down. */
const { hostMs: closeDeadlineMs } = stopDeadlines;

export function enginePorts(records: Records, log: Log): EnginePorts {
  return {
    http: createHttpPort({ log }),
    files: createNodeFiles(process.platform, { setAttribute, attributeLibrary: attributeLibrary() }),
    clock: createSystemClock(),
    network: createSystemNetwork(),
    log,
    records,
  };
}

export function engineOptions(options: HostOptions): EngineOptions {
  const proxies = proxySettingsFrom(process.env);
  return {
    downloadFolder: options.downloadFolder,
    platform: currentPlatform(),
    proxies,
    atRest: options.atRest ?? false,
  };
}

export interface HostDeps {
  readonly options: HostOptions;
  readonly engine: Engine;
  readonly log: Log;
  readonly notices: readonly HostNotice[];
  readonly release: () => Promise<void>;
}

export function assembleHost({ options, engine, log, notices, release }: HostDeps): Host {
  let closing: Promise<void> | null = null;

  async function close(): Promise<void> {
    const closed = engine
      .close()
      .catch((error: unknown) => log.error('the engine did not close cleanly', { reason: String(error) }));
    // The folder stays locked until the engine is done with it, however long this process is willing to wait.
    const released = closed.then(() => {
      log.info('host closed');
      return release();
    });
    if (!(await settlesWithin(released, closeDeadlineMs))) {
      log.error('the engine did not close in time', { deadlineMs: closeDeadlineMs });
    }
  }

  return {
    api: engine,
    dataFolder: options.dataFolder,
    downloadFolder: options.downloadFolder,
    log,
    notices,
    secretStorage: options.secretCipher === undefined ? 'plain' : 'encrypted',
    close: () => (closing ??= close()),
  };
}
