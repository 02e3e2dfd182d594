/** One download without a list: run, wait and retry until it is finished or fails. For programs. */
import { SluiceError } from '../errors.ts';
import { noProxies, type ProxySettings } from '../plan/request/choose-proxy.ts';
import { totalLength } from '../plan/ranges/ranges.ts';
import type { Clock } from '../ports/clock.ts';
import type { Platform } from '../plan/names/sanitize.ts';
import type { Files } from '../ports/files.ts';
import type { HttpPort } from '../ports/http.ts';
import type { Log } from '../ports/log.ts';
import type { Network } from '../ports/network.ts';
import { type HostRecords, Hosts } from '../servers/hosts.ts';
import { inspectNewest } from '../store/journal/newest-journal.ts';
import { AdoptablePartials } from '../transfer/run/adoptable-partials.ts';
import { BufferPool } from '../transfer/body/buffer-pool.ts';
import { ChecksumFolders } from '../transfer/checksum/checksum-folders.ts';
import { NameClaims } from '../transfer/file/name-claims.ts';
import type { DirectDeps } from './direct-deps.ts';
import { fetchFile, refuseTaken } from './fetch-file.ts';
import { openSequence, type Sequence } from './open-sequence.ts';
import { type Revalidated, revalidate, type Validators } from './revalidate.ts';
import { saveSequence } from './save-sequence.ts';
import type { DownloadSpec, FetchedFile, FileSpec, SequenceSpec, SavedPart } from './spec.ts';

export interface DirectPorts {
  readonly http: HttpPort;
  readonly files: Files;
  readonly clock: Clock;
  readonly log: Log;
  /** Default: nothing is known of it. */
  readonly network?: Network;
  /** The lessons of hosts. */
  readonly records: HostRecords;
}

export interface DirectOptions {
  readonly platform: Platform;
  /** The proxies that the system names. Default: none. */
  readonly proxies?: ProxySettings;
  /** Between 0 and 1, for jitter. Default: Math.random */
  readonly random?: () => number;
  /** Connections to one host, over all downloads. Default 16. */
  readonly maxConnectionsPerHost?: number;
}

const defaultMaxConnectionsPerHost = 16;

export class Direct {
  readonly #deps: Omit<DirectDeps, 'ports'>;
  readonly #ports: Omit<DirectDeps['ports'], 'adoptable'>;
  #adoptable: AdoptablePartials;
  #count = 0;

  constructor(ports: DirectPorts, options: DirectOptions) {
    const { platform, proxies = noProxies, random = Math.random } = options;
    const cap = options.maxConnectionsPerHost ?? defaultMaxConnectionsPerHost;
    this.#ports = {
      ...ports,
      platform,
      pool: new BufferPool(),
      claims: new NameClaims(platform !== 'linux'),
      checksumFolders: new ChecksumFolders(ports.clock),
    };
    this.#adoptable = new AdoptablePartials(ports.files);
    this.#deps = { network: ports.network, platform, proxies, random, hosts: new Hosts({ ...ports, cap: () => cap }) };
  }

  /**
   * Uses as many connections as make it faster, and resumes what an earlier attempt left.
   * @throws SluiceError what the last run failed with, `file-exists` before any request; `signal.reason` when aborted
   */
  async fetchFile(spec: FileSpec, signal: AbortSignal): Promise<FetchedFile> {
    signal.throwIfAborted();
    this.#count += 1;
    const task = { spec, downloadId: `direct-${this.#count}` };
    try {
      return await fetchFile(this.#inner(), task, signal);
    } catch (error) {
      // It may have left a partial, which a folder that was read before would not show.
      this.#adoptable = new AdoptablePartials(this.#ports.files);
      throw error;
    }
  }

  /** In order over one connection, for callers without a file. */
  async openSequence(spec: SequenceSpec, signal: AbortSignal): Promise<Sequence> {
    signal.throwIfAborted();
    return openSequence(this.#inner(), spec, signal);
  }

  /**
   * A part of a resource as a file of its own; it neither resumes nor leaves a partial.
   * @throws SluiceError `file-exists` before any request; what the last try failed with; `signal.reason` when aborted
   */
  async savePart(
    spec: SequenceSpec & Pick<FileSpec, 'folder' | 'name' | 'whenTaken' | 'marksOrigin'>,
    signal: AbortSignal,
  ): Promise<SavedPart> {
    const deps = this.#inner();
    await refuseTaken(deps, spec);
    const sequence = await this.openSequence(spec, signal);
    return { ...(await saveSequence(deps, sequence, spec)), head: sequence.head };
  }

  /**
   * Asks whether a resource is still what it was, without fetching it when it is not.
   * @throws SluiceError what the last try failed with; `signal.reason` when aborted
   */
  async revalidate(spec: DownloadSpec, known: Validators, signal: AbortSignal): Promise<Revalidated> {
    signal.throwIfAborted();
    return revalidate(this.#inner(), { spec, known }, signal);
  }

  /**
   * How many bytes of a file an earlier try left, proved or to be proved again before they are built upon; 0 for none.
   * @param name of the file itself, not of its partial
   */
  async resumeBytes(folder: string, name: string): Promise<number> {
    const { files } = this.#ports;
    try {
      const { trusted, doubtful } = await inspectNewest(files, folder, name);
      return totalLength([...trusted, ...doubtful]);
    } catch (error) {
      if (error instanceof SluiceError && nothingThere.has(error.code)) return 0;
      throw error;
    }
  }

  /** Ends idle connections; downloads under way end by their own signals. */
  async close(): Promise<void> {
    await this.#ports.http.close();
  }

  #inner(): DirectDeps {
    return { ...this.#deps, ports: { ...this.#ports, adoptable: this.#adoptable } };
  }
}

const nothingThere: ReadonlySet<string> = new Set(['file-missing', 'folder-missing', 'journal-unreadable']);
