/** The composition root: one engine with its adapters, settings, memory and log, as every program of ours runs it. */
import { join } from 'node:path';
import {
  type Engine,
  type EnginePorts,
  type Log,
  type Platform,
  type Records,
  createEngine,
  createHttpPort,
  createMemoryRecords,
  createNodeFiles,
  createSystemClock,
  openRecords,
  silentLog,
} from '@sluice/engine';
import { makePrivateFolder } from './folders/private-folder.ts';
import type { Host, HostNotice, HostOptions } from './host.ts';
import { claimHostLock } from './lock/host-lock.ts';
import { createLog } from './log/create-log.ts';
import { keepBackup } from './records/backup.ts';
import { databaseFiles } from './records/database-files.ts';
import { openWithRecovery } from './records/open-with-recovery.ts';
import { settlesWithin } from './settles-within.ts';

const backupTimes = { firstDelayMs: 30_000, intervalMs: 15 * 60_000 } as const;

/** Quitting is a join, but a disk that hangs must not keep a computer from shutting down. */
const closeDeadlineMs = 1900;

/**
 * Downloads that were running when the last host ended run again at once.
 * @throws `host-busy` when another host owns the data folder; `file-access-denied` or `folder-missing` when the
 *   folder cannot be made or written
 */
export async function createHost(options: HostOptions): Promise<Host> {
  if (options.memory === true) {
    const engine = createEngine(ports(createMemoryRecords(), silentLog), engineOptions(options));
    return assemble({ options, engine, log: silentLog, notices: [], release: async () => {} });
  }
  await makePrivateFolder(options.dataFolder);
  await using cleanUp = new AsyncDisposableStack();
  const lock = claimHostLock(options.dataFolder);
  cleanUp.defer(() => lock.release());
  const hostLog = createLog(join(options.dataFolder, 'sluice.log'), options.version);
  cleanUp.defer(() => hostLog.close());
  const { log } = hostLog;
  const { value: opened, notices } = openWithRecovery(options.dataFolder, log, (databasePath) =>
    openEngine(databasePath, log, options),
  );
  const backup = keepBackup({
    files: databaseFiles(options.dataFolder),
    copyTo: (path) => opened.records.backupTo(path),
    log,
    ...backupTimes,
  });
  cleanUp.defer(() => backup.stop());
  log.info('host started', { dataFolder: options.dataFolder, downloadFolder: options.downloadFolder });
  const resources = cleanUp.move();
  return assemble({ options, engine: opened.engine, log, notices, release: () => resources.disposeAsync() });
}

interface OpenedEngine {
  readonly engine: Engine;
  readonly records: ReturnType<typeof openRecords>;
}

function openEngine(databasePath: string, log: Log, options: HostOptions): OpenedEngine {
  const records = openRecords(databasePath);
  try {
    return { engine: createEngine(ports(records, log), engineOptions(options)), records };
  } catch (error) {
    records.close();
    throw error;
  }
}

function ports(records: Records, log: Log): EnginePorts {
  return { http: createHttpPort(), files: createNodeFiles(), clock: createSystemClock(), log, records };
}

function engineOptions(options: HostOptions): { downloadFolder: string; platform: Platform } {
  return { downloadFolder: options.downloadFolder, platform: currentPlatform() };
}

/** Other systems that Node runs on follow Linux in what matters here. */
function currentPlatform(): Platform {
  const { platform } = process;
  return platform === 'darwin' || platform === 'win32' ? platform : 'linux';
}

interface Parts {
  readonly options: HostOptions;
  readonly engine: Engine;
  readonly log: Log;
  readonly notices: readonly HostNotice[];
  readonly release: () => Promise<void>;
}

function assemble({ options, engine, log, notices, release }: Parts): Host {
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
    close: () => (closing ??= close()),
  };
}
