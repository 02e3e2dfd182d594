/** What a host is: the process-wide owner of one engine, as desktop, server and command line see it. */
import type { EngineApi } from '@sluice/contract';
import type { Log, SecretCipher } from '@sluice/engine';

export interface HostOptions {
  /** Absolute. Made, private to the user, when it is not there. */
  readonly dataFolder: string;
  /** Absolute. Where downloads go unless the settings or a download say otherwise. */
  readonly downloadFolder: string;
  /** Remember nothing and own nothing: no database, no lock, no log file. For one-shot commands. */
  readonly memory?: boolean;
  /** Where a host without a log file writes its log. Default: nowhere. */
  readonly log?: Log;
  /** Start nothing, whatever the list says: for a command that only looks at it or changes it. */
  readonly atRest?: boolean;
  /** Encrypts the secrets of the list. Default: they are stored as they are, for the user's eyes alone. */
  readonly secretCipher?: SecretCipher;
  /** Of the app, for the log. */
  readonly version: string;
}

/** Something that happened while starting and that a person should be told. Paths are absolute. */
export type HostNotice = ListRecovered | RecordsRecovered;

export interface ListRecovered {
  readonly kind: 'database-recovered';
  /** Where what could not be read is now; it is never deleted. Empty when the database was simply gone. */
  readonly setAsidePaths: readonly string[];
  /** The list was taken from the newest good backup; otherwise it started empty. */
  readonly restoredFromBackup: boolean;
  /** When that backup was made: what changed since is lost. */
  readonly copiedAtMs?: number;
}

/** The list could be read but for single entries, which are kept in it, out of the way. */
export interface RecordsRecovered {
  readonly kind: 'records-recovered';
  /** Names of what is as the newest good backup that has it says; `settings` for the settings. */
  readonly restored: readonly string[];
  /** Names of what is lost, as well as they can be read. */
  readonly lost: readonly string[];
}

export interface Host {
  readonly api: EngineApi;
  readonly dataFolder: string;
  readonly downloadFolder: string;
  readonly log: Log;
  readonly notices: readonly HostNotice[];
  /** How the secrets of the list are on disk: `encrypted` with a `secretCipher`, else `plain`. */
  readonly secretStorage: 'encrypted' | 'plain';
  /** Checkpoints every run, joins, and lets go of the data folder, within 2 s. Safe to call again. */
  close(): Promise<void>;
}
