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
  /** Start nothing, whatever the list says: for a command that only looks at it or changes it. */
  readonly atRest?: boolean;
  /** Encrypts the secrets of the list. Default: they are stored as they are, for the user's eyes alone. */
  readonly secretCipher?: SecretCipher;
  /** Of the app, for the log. */
  readonly version: string;
}

/** Something that happened while starting and that a person should be told. Paths are absolute. */
export interface HostNotice {
  readonly kind: 'database-recovered';
  /** Where what could not be read is now; it is never deleted. Empty when the database was simply gone. */
  readonly setAsidePaths: readonly string[];
  /** The list was taken from the last good backup; otherwise it started empty. */
  readonly restoredFromBackup: boolean;
}

export interface Host {
  readonly api: EngineApi;
  readonly dataFolder: string;
  readonly downloadFolder: string;
  readonly log: Log;
  readonly notices: readonly HostNotice[];
  /** Checkpoints every run, joins, and lets go of the data folder, within 2 s. Safe to call again. */
  close(): Promise<void>;
}
