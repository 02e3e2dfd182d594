/** Makes sure that what a list has dropped of its secrets is in none of its files: the log, the copies, those of old releases. */
import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { type Log, readSealedSecrets, scrubCopy } from '@sluice/engine';
import { databaseFiles } from './database-files.ts';

type LiveSecrets = ReturnType<typeof readSealedSecrets>;

export interface PurgeOptions {
  readonly dataFolder: string;
  /** Takes what was dropped out of the list's own files. */
  readonly purge: () => Promise<void>;
  readonly live: () => LiveSecrets;
  readonly log: Log;
  /** What is dropped within this time is purged together. */
  readonly delayMs: number;
  /** What an earlier process left undone is found after this time. */
  readonly firstDelayMs: number;
}

export interface SecretsPurge {
  /** Something was dropped, or a copy was made of a list that may have dropped something meanwhile. */
  note(): void;
  /** What is still to be done is done. The list was closed before. */
  stop(): Promise<void>;
}

/** A purge takes so small a part of the time, whatever is dropped how often. */
const restFactor = 30;

export function keepPurged({ dataFolder, purge, live, log, delayMs, firstDelayMs }: PurgeOptions): SecretsPurge {
  let underWay = Promise.resolve();
  let isDue = false;
  let stopped = false;
  let restMs = 0;
  let timer: NodeJS.Timeout | null = setTimeout(run, firstDelayMs).unref();

  function run(): void {
    timer = null;
    underWay = underWay.then(carryOut).catch((error: unknown) => warn(log, error));
  }

  async function carryOut(): Promise<void> {
    if (stopped) return;
    const startedAtMs = performance.now();
    await purge();
    if (stopped) return;
    isDue = false;
    await scrubCopies(dataFolder, live(), log);
    restMs = (performance.now() - startedAtMs) * restFactor;
  }

  return {
    note() {
      if (stopped || (isDue && timer !== null)) return;
      isDue = true;
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(run, Math.max(delayMs, restMs)).unref();
    },
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await underWay;
      if (!isDue) return;
      try {
        await scrubCopies(dataFolder, readSealedSecrets(databaseFiles(dataFolder).databasePath), log);
      } catch (error) {
        warn(log, error);
      }
    },
  };
}

/** Good copies, and what was there before a migration. One that was set aside as damaged is left as it is. */
const copyName = /^(?:sluice-backup.*\.db|sluice\.db\.version-\d+)$/;

async function scrubCopies(dataFolder: string, live: LiveSecrets, log: Log): Promise<void> {
  for (const name of readdirSync(dataFolder)) {
    const path = join(dataFolder, name);
    if (!copyName.test(name) || !existsSync(path)) continue;
    try {
      const { atimeMs, mtimeMs } = statSync(path);
      if (!(await scrubCopy(path, live))) continue;
      // It is still the list as of then: what is the newest, and what is old enough to go, is told by it.
      utimesSync(path, atimeMs / 1000, mtimeMs / 1000);
      log.info('secrets were taken out of a copy of the list', { name });
    } catch (error) {
      // One that cannot be read is not in the way of the others.
      warn(log, error);
    }
  }
}

function warn(log: Log, error: unknown): void {
  log.warn('secrets may be left in a copy of the list', { reason: String(error) });
}
