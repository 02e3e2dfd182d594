/** A host that remembers: it owns its data folder, and keeps a database, a backup of it and a log there. */
import { join } from 'node:path';
import { type Engine, type Log, createEngine, openRecords } from '@sluice/engine';
import { assembleHost, engineOptions, enginePorts } from './assemble-host.ts';
import { makePrivateFolder } from './folders/private-folder.ts';
import type { Host, HostOptions } from './host.ts';
import { serveLocally } from './local/serve-locally.ts';
import { claimHostLock } from './lock/host-lock.ts';
import { createLog } from './log/create-log.ts';
import { keepBackup } from './records/backup.ts';
import { databaseFiles } from './records/database-files.ts';
import { openWithRecovery } from './records/open-with-recovery.ts';

const backupTimes = { firstDelayMs: 30_000, intervalMs: 15 * 60_000 } as const;

/** @throws what `createHost` says */
export async function createDurableHost(options: HostOptions): Promise<Host> {
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
  const local = await serveLocally(options.dataFolder, opened.engine, log);
  cleanUp.defer(() => local.close());
  log.info('host started', { dataFolder: options.dataFolder, downloadFolder: options.downloadFolder });
  const resources = cleanUp.move();
  return assembleHost({ options, engine: opened.engine, log, notices, release: () => resources.disposeAsync() });
}

interface OpenedEngine {
  readonly engine: Engine;
  readonly records: ReturnType<typeof openRecords>;
}

function openEngine(databasePath: string, log: Log, options: HostOptions): OpenedEngine {
  const records = openRecords(databasePath);
  try {
    return { engine: createEngine(enginePorts(records, log), engineOptions(options)), records };
  } catch (error) {
    records.close();
    throw error;
  }
}
