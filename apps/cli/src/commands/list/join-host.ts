/** Finds the list of downloads: with the Sluice that runs, or, when none does, on disk for as long as a command takes. */
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EngineApi, SluiceError } from '@sluice/contract';
import { connectToRunningHost, createHost, defaultHostFolders, type HostNotice } from '@sluice/host';
import { version } from '../../version.ts';

export interface HostChoice {
  /** Absolute; null is the one that the desktop app uses. */
  readonly dataFolder: string | null;
  /** Without a running Sluice: whether downloads may start here. */
  readonly carriesOut: boolean;
  /** Where there is no list, an empty one is looked at, and nothing is written. */
  readonly isReadOnly?: boolean;
}

export interface JoinedHost {
  readonly api: EngineApi;
  /** Another process owns the list, and continues after this command has ended. */
  readonly isElsewhere: boolean;
  readonly notices: readonly HostNotice[];
  /** Everything that runs here is on disk when it settles. */
  close(): Promise<void>;
}

/** A host owns its folder a moment before it can be reached, and a moment after. */
const retryEveryMs = 100;
const mostAttempts = 20;

/** @throws SluiceError `host-busy` when a host owns the folder and cannot be reached; what `createHost` throws */
export async function joinHost({ dataFolder, carriesOut, isReadOnly = false }: HostChoice): Promise<JoinedHost> {
  const defaults = defaultHostFolders();
  const folder = dataFolder ?? defaults.dataFolder;
  for (let attempt = 1; ; attempt += 1) {
    const remote = await connectToRunningHost(folder);
    if (remote !== null) {
      return { api: remote, isElsewhere: true, notices: [], close: () => Promise.resolve(remote.close()) };
    }
    try {
      const host = await createHost({
        dataFolder: folder,
        downloadFolder: defaults.downloadFolder,
        atRest: !carriesOut,
        memory: isReadOnly && !existsSync(folder),
        version,
      });
      return { api: host.api, isElsewhere: false, notices: host.notices, close: () => host.close() };
    } catch (error) {
      if (!(error instanceof SluiceError) || error.code !== 'host-busy' || attempt >= mostAttempts) throw error;
      await sleep(retryEveryMs);
    }
  }
}
