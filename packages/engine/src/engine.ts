/** The engine behind the contract: wires the list, the scheduler and the runs to its commands and queries. */
import type { Calls, Delta, DownloadView, EngineApi, Settings } from '@sluice/contract';
import { methods, settingsSchema } from '@sluice/contract';
import { type AddDeps, addDownloads } from './commands/add.ts';
import { adoptPartials } from './commands/adopt.ts';
import { changeRequest } from './commands/change-request.ts';
import { type Controls, createControls } from './commands/controls.ts';
import { describeDownload } from './commands/details.ts';
import { exportDownload } from './commands/export-list.ts';
import { adoptOrphans, createQueueCommands, type QueueCommands } from './commands/queues.ts';
import { previewDownload } from './commands/preview.ts';
import { reorderDownloads } from './commands/reorder.ts';
import { resolveChanged } from './commands/resolve-changed.ts';
import type { DownloadRecord } from './download/record.ts';
import { toView } from './download/view.ts';
import { SluiceError } from './errors.ts';
import { noProxies, type ProxySettings } from './plan/request/choose-proxy.ts';
import type { Platform } from './plan/names/sanitize.ts';
import type { EnginePorts } from './ports/engine-ports.ts';
import { DownloadList } from './queue/download-list.ts';
import { type Entry, suggestedName } from './queue/entry.ts';
import { HostLimits } from './servers/host-limits.ts';
import { Hosts } from './servers/hosts.ts';
import { turnHost } from './queue/turn-host.ts';
import { Publisher } from './queue/publisher.ts';
import { Queues } from './queue/queues.ts';
import { requestOf } from './queue/request-of.ts';
import { Runner } from './queue/runner.ts';
import { Scheduler } from './queue/scheduler.ts';
import { AdoptablePartials } from './transfer/run/adoptable-partials.ts';
import { ChecksumFolders } from './transfer/checksum/checksum-folders.ts';
import { BufferPool } from './transfer/body/buffer-pool.ts';
import { SpeedLimiter } from './transfer/connections/limiter.ts';
import type { Timeouts } from './transfer/connections/timeouts.ts';
import { NameClaims } from './transfer/file/name-claims.ts';
import { KeptAnswers } from './transfer/request/kept-answers.ts';
import type { RequestBase } from './transfer/request/open-response.ts';

export interface EngineOptions {
  /** Where files go when neither the download nor the settings say; absolute. */
  readonly downloadFolder: string;
  readonly platform: Platform;
  /** The proxies that the system names, for downloads without a proxy of their own. Default: none. */
  readonly proxies?: ProxySettings;
  /** Between 0 and 1, for jitter. Default: Math.random */
  readonly random?: () => number;
  /** Instead of what the settings say, for downloads that ask for nothing of their own. */
  readonly timeouts?: Partial<Timeouts>;
  /** Start nothing, whatever the list says: for programs that only look at it or change it. */
  readonly atRest?: boolean;
}

export interface Engine extends EngineApi {
  /** Stops every run with its bytes claimed on disk, then closes the records. Settles when all of that is done. */
  close(): Promise<void>;
}

/** Everything that was running when the last engine ended runs again at once. */
export function createEngine(ports: EnginePorts, options: EngineOptions): Engine {
  return new LocalEngine(ports, options);
}

class LocalEngine implements Engine {
  readonly #ports: EnginePorts;
  readonly #options: EngineOptions;
  readonly #list: DownloadList;
  readonly #publisher: Publisher;
  readonly #hostLimits: HostLimits;
  readonly #queues: Queues;
  readonly #runner: Runner;
  readonly #scheduler: Scheduler;
  readonly #adoptable: AdoptablePartials;
  readonly #controls: Controls;
  readonly #queueCommands: QueueCommands;
  readonly #globalLimiter: SpeedLimiter;
  readonly #keptAnswers: KeptAnswers;
  /** Aborted by the end, so that no server is waited for any longer. */
  readonly #ending = new AbortController();
  #settings: Settings;
  #closing: Promise<void> | null = null;

  constructor(ports: EnginePorts, options: EngineOptions) {
    this.#ports = ports;
    this.#options = options;
    this.#settings = ports.records.loadSettings();
    this.#keptAnswers = new KeptAnswers(ports);
    this.#globalLimiter = new SpeedLimiter(ports.clock, this.#settings.speedLimitBytesPerSecond);
    this.#publisher = new Publisher(ports.clock, (id) => this.#view(id));
    this.#hostLimits = new HostLimits(ports.clock, this.#settings.hostLimits);
    const hosts = new Hosts({
      ...ports,
      cap: (host) => this.#hostLimits.maxConnections(host) || this.#settings.maxConnectionsPerHost,
      onFree: (host) => {
        if (this.#hostLimits.maxConnections(host) > 0) this.#scheduler.poke();
      },
      // From now on its downloads have a place of their own in the line.
      onFirstCooldown: () => this.#list.regroup(),
    });
    this.#list = new DownloadList(
      ports.records,
      (change) => this.#publisher.noteChange(change),
      (entry) => turnHost(entry, { hosts, hostLimits: this.#hostLimits }),
    );
    this.#queues = new Queues({ ...ports, onChange: () => this.#publisher.noteQueues(this.#queues.views()) });
    this.#list.onSaveError((error) => this.#publisher.noteUnsaved(error));
    adoptOrphans(this.#list, this.#queues);
    const settings = () => this.#settings;
    const claims = new NameClaims(options.platform !== 'linux');
    this.#adoptable = new AdoptablePartials(ports.files);
    const adoptable = this.#adoptable;
    this.#runner = new Runner({
      ports: {
        ...ports,
        http: this.#keptAnswers.http,
        platform: options.platform,
        pool: new BufferPool(),
        claims,
        adoptable,
        checksumFolders: new ChecksumFolders(ports.clock),
      },
      list: this.#list,
      hosts,
      hostLimits: this.#hostLimits,
      queues: this.#queues,
      settings,
      globalLimiter: this.#globalLimiter,
      timeouts: options.timeouts ?? {},
      proxies: options.proxies ?? noProxies,
      random: options.random ?? Math.random,
      onFree: () => this.#scheduler.poke(),
      network: ports.network,
      onNetworkReturn: () => this.#scheduler.networkReturned(),
    });
    this.#scheduler = new Scheduler({
      list: this.#list,
      queues: this.#queues,
      runner: this.#runner,
      hosts,
      isHostFull: (host) => this.#hostLimits.maxConnections(host) > 0 && hosts.isFull(host),
      clock: ports.clock,
      log: ports.log,
      settings: () => (options.atRest === true ? { ...this.#settings, maxRunning: 0 } : this.#settings),
      onIdle: () => this.#publisher.publish(),
    });
    this.#controls = createControls({
      list: this.#list,
      runner: this.#runner,
      scheduler: this.#scheduler,
      files: ports.files,
      claims,
      adoptable,
      log: ports.log,
    });
    this.#queueCommands = createQueueCommands({
      list: this.#list,
      queues: this.#queues,
      runner: this.#runner,
      scheduler: this.#scheduler,
      find: (ids) => this.#controls.find(ids),
    });
    this.#scheduler.poke();
  }

  readonly add: Calls['add'] = async (params) => {
    const { downloads, start } = methods.add.params.parse(params);
    const context = this.#addContext();
    const defaultFolder = this.#settings.downloadFolder || this.#options.downloadFolder;
    const added = addDownloads(this.#list, { downloads, start, defaultFolder }, context);
    this.#scheduler.poke();
    return added;
  };

  readonly preview: Calls['preview'] = async (params, signal = this.#ending.signal) => {
    const { download, keep } = methods.preview.params.parse(params);
    const recorder = keep ? this.#keptAnswers.record() : null;
    const { downloadFolder, platform } = this.#options;
    const parts = {
      ports: this.#ports,
      platform,
      add: this.#addContext(),
      defaultFolder: this.#settings.downloadFolder || downloadFolder,
      requestOf: (record: DownloadRecord) => this.#requestOf(record),
      recorder,
    };
    try {
      return await previewDownload(parts, download, AbortSignal.any([signal, this.#ending.signal]));
    } finally {
      recorder?.drop();
    }
  };

  readonly adopt: Calls['adopt'] = async (params) => {
    const parts = {
      add: this.#addContext(),
      list: this.#list,
      controls: this.#controls,
      adoptable: this.#adoptable,
      ports: this.#ports,
      requestOf: (record: DownloadRecord) => this.#requestOf(record),
      signal: this.#ending.signal,
    };
    const adopted = await adoptPartials(parts, methods.adopt.params.parse(params));
    this.#scheduler.poke();
    return adopted;
  };

  readonly pause: Calls['pause'] = ({ ids }) => this.#controls.pause(ids);
  readonly resume: Calls['resume'] = ({ ids }) => this.#controls.resume(ids);
  readonly cancel: Calls['cancel'] = ({ ids }) => this.#controls.cancel(ids);
  readonly remove: Calls['remove'] = ({ ids, deleteFile }) => this.#controls.remove(ids, deleteFile);
  readonly retry: Calls['retry'] = ({ ids }) => this.#controls.retry(ids);
  readonly changeRequest: Calls['changeRequest'] = (params) => {
    const parts = { list: this.#list, runner: this.#runner, controls: this.#controls };
    return changeRequest(parts, methods.changeRequest.params.parse(params));
  };

  readonly resolveChanged: Calls['resolveChanged'] = (params) => {
    const { clock } = this.#ports;
    const parts = { list: this.#list, controls: this.#controls, scheduler: this.#scheduler, clock };
    return resolveChanged(parts, methods.resolveChanged.params.parse(params));
  };

  readonly pauseAll: Calls['pauseAll'] = () => this.#controls.pauseAll();
  readonly resumeAll: Calls['resumeAll'] = () => this.#controls.resumeAll();

  readonly reorder: Calls['reorder'] = async ({ ids, beforeId }) => {
    reorderDownloads(this.#list, ids, beforeId);
    this.#scheduler.poke();
    return {};
  };

  readonly setLimits: Calls['setLimits'] = async (params) => {
    const { ids, speedLimitBytesPerSecond, maxConnections, maxAttempts } = methods.setLimits.params.parse(params);
    for (const entry of this.#controls.find(ids)) {
      this.#list.update(entry, {
        ...(speedLimitBytesPerSecond === undefined ? {} : { speedLimitBytesPerSecond }),
        ...(maxConnections === undefined ? {} : { maxConnections }),
        ...(maxAttempts === undefined ? {} : { maxAttempts }),
      });
      this.#runner.applyLimits(entry);
    }
    this.#list.save();
    return {};
  };

  readonly setQueue: Calls['setQueue'] = async (params) =>
    this.#queueCommands.setQueue(methods.setQueue.params.parse(params));
  readonly setPriority: Calls['setPriority'] = async (params) =>
    this.#queueCommands.setPriority(methods.setPriority.params.parse(params));
  readonly saveQueue: Calls['saveQueue'] = async (params) =>
    this.#queueCommands.saveQueue(methods.saveQueue.params.parse(params));
  readonly removeQueue: Calls['removeQueue'] = async (params) =>
    this.#queueCommands.removeQueue(methods.removeQueue.params.parse(params));

  readonly details: Calls['details'] = async ({ id }) => {
    const [entry] = this.#controls.find([id]);
    return describeDownload(this.#ports.files, this.#runner, entry);
  };

  readonly exportList: Calls['exportList'] = async (params) => {
    const { ids, withSecrets } = methods.exportList.params.parse(params);
    const records = this.#controls.find(ids).map(({ record }) => record);
    return { downloads: records.map((record) => exportDownload(record, withSecrets)) };
  };

  readonly readSettings: Calls['readSettings'] = async () => this.#settings;

  readonly writeSettings: Calls['writeSettings'] = async (patch) => {
    const settings = settingsSchema.parse({ ...this.#settings, ...methods.writeSettings.params.parse(patch) });
    this.#ports.records.saveSettings(settings);
    this.#settings = settings;
    this.#globalLimiter.setLimit(settings.speedLimitBytesPerSecond);
    if (patch.hostLimits !== undefined) this.#applyHostLimits();
    this.#publisher.noteSettings(settings);
    this.#scheduler.poke();
    return settings;
  };

  readonly folderInfo: Calls['folderInfo'] = async ({ folder, checkWritable = true }) => {
    const asked = folder || this.#settings.downloadFolder || this.#options.downloadFolder;
    const [freeBytes, writable] = await Promise.all([
      this.#ports.files.freeBytes(asked),
      checkWritable ? this.#ports.files.isWritableFolder(asked) : null,
    ]);
    return { folder: asked, freeBytes, writable };
  };

  readonly snapshot: Calls['snapshot'] = async () => {
    this.#publisher.publish();
    const downloads = this.#list.inOrder().map((entry) => this.#show(entry));
    for (const view of downloads) this.#publisher.noteShown(view);
    const unsaved = this.#list.saveError;
    return {
      sequence: this.#publisher.sequence,
      downloads,
      settings: this.#settings,
      queues: this.#queues.views(),
      ...(unsaved === null ? {} : { unsaved }),
    };
  };

  subscribe(listener: (delta: Delta) => void): () => void {
    return this.#publisher.subscribe(listener);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  #addContext(): AddDeps {
    return { clock: this.#ports.clock, platform: this.#options.platform, queues: this.#queues };
  }

  #requestOf(record: DownloadRecord): RequestBase {
    const { proxies = noProxies, timeouts = {} } = this.#options;
    return requestOf(record, { settings: () => this.#settings, timeouts, proxies });
  }

  async #close(): Promise<void> {
    this.#scheduler.close();
    this.#runner.close();
    this.#ending.abort(new SluiceError('aborted', 'shutdown'));
    this.#keptAnswers.close();
    await Promise.all(this.#list.inOrder().map((entry) => this.#runner.stop(entry, 'shutdown')));
    this.#list.trySave(this.#ports.log);
    this.#publisher.publish();
    await this.#ports.http.close();
    this.#ports.records.close();
  }

  #applyHostLimits(): void {
    this.#hostLimits.set(this.#settings.hostLimits);
    this.#list.regroup();
    for (const entry of this.#runner.running()) this.#runner.applyLimits(entry);
  }

  #view(id: string): DownloadView | null {
    const entry = this.#list.get(id);
    return entry === undefined ? null : this.#show(entry);
  }

  #show(entry: Entry): DownloadView {
    const name = entry.record.fileName ?? entry.record.wantedName;
    return toView(entry.record, entry, name ?? suggestedName(entry.record, this.#options.platform));
  }
}
