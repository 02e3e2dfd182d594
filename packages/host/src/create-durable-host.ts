/** A host that remembers: it owns its data folder, and keeps a database, a backup of it and a log there. */
import { join } from 'node:path';
import { type Engine, type Log, type RecordsDamage, createEngine, openRecords } from '@sluice/engine';
import { assembleHost, engineOptions, enginePorts } from './assemble-host.ts';
import { makePrivateFolder } from './folders/private-folder.ts';
import type { Host, HostNotice, HostOptions } from './host.ts';
import { serveLocally } from './local/serve-locally.ts';
import { claimHostLock } from './lock/host-lock.ts';
import { createLog } from './log/create-log.ts';
import { keepBackup } from './records/backup.ts';
import { databaseFiles } from './records/database-files.ts';
import { openWithRecovery } from './records/open-with-recovery.ts';
import { keepPurged } from './records/purge-secrets.ts';

const backupTimes = { firstDelayMs: 30_000, intervalMs: 15 * 60_000 } as const;
const purgeTimes = { firstDelayMs: 40_000, delayMs: 1000 } as const;

/** @throws what `createHost` says */
export async function createDurableHost(options: HostOptions): Promise<Host> {
  await makePrivateFolder(options.dataFolder);
  await using cleanUp = new AsyncDisposableStack();
  const lock = claimHostLock(options.dataFolder);
  cleanUp.defer(() => lock.release());
  const hostLog = createLog(join(options.dataFolder, 'sluice.log'), options.version);
  cleanUp.defer(() => hostLog.close());
  const { log } = hostLog;
  let isDropped = false;
  let notePurge = (): void => {
    isDropped = true;
  };
  const { value: opened, notices } = openWithRecovery(options.dataFolder, log, (databasePath, { isCopy }) =>
    openEngine(databasePath, { log, options, isCopy, onSecretsDropped: () => notePurge() }),
  );
  const { records } = opened;
  const damage = damageNotices(records.damage(), log);
  const purge = keepPurged({
    dataFolder: options.dataFolder,
    purge: () => records.purge(),
    live: () => records.sealedSecrets(),
    log,
    ...purgeTimes,
  });
  cleanUp.defer(() => purge.stop());
  notePurge = () => purge.note();
  if (isDropped) purge.note();
  const backup = keepBackup({
    files: databaseFiles(options.dataFolder),
    copyTo: async (path) => {
      await records.backupTo(path);
      purge.note();
    },
    onLastCopy: () => purge.note(),
    log,
    ...backupTimes,
  });
  cleanUp.defer(() => backup.stop());
  const local = await serveLocally(options.dataFolder, opened.engine, { log });
  cleanUp.defer(() => local.close());
  log.info('host started', { dataFolder: options.dataFolder, downloadFolder: options.downloadFolder });
  const resources = cleanUp.move();
  return assembleHost({
    options,
    engine: opened.engine,
    log,
    notices: [...notices, ...damage],
    release: () => resources.disposeAsync(),
  });
}

interface OpenedEngine {
  readonly engine: Engine;
  readonly records: ReturnType<typeof openRecords>;
}

interface Opening {
  readonly log: Log;
  readonly options: HostOptions;
  readonly isCopy: boolean;
  readonly onSecretsDropped: () => void;
}

function openEngine(databasePath: string, opening: Opening): OpenedEngine {
  const { log, options, isCopy, onSecretsDropped } = opening;
  const { secretCipher } = options;
  const records = openRecords(databasePath, {
    onSecretsDropped,
    checksPages: isCopy,
    copyPaths: databaseFiles(options.dataFolder).backupPaths,
    ...(secretCipher === undefined ? {} : { cipher: secretCipher }),
  });
  try {
    return { engine: createEngine(enginePorts(records, log), engineOptions(options)), records };
  } catch (error) {
    records.close();
    throw error;
  }
}

function damageNotices({ restored, lost }: RecordsDamage, log: Log): readonly HostNotice[] {
  if (restored.length === 0 && lost.length === 0) return [];
  log.error('entries of the list cannot be read and were set aside', { restored: restored.length, lost: lost.length });
  return [{ kind: 'records-recovered', restored, lost }];
}
