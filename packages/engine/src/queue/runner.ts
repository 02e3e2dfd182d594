/** Starts and stops runs, and turns what they come to into the next state of their download. */
import type { Settings } from '@sluice/contract';
import { SluiceError } from '../errors.ts';
import { type Network, unknownNetwork } from '../ports/network.ts';
import type { DownloadRecord } from '../download/record.ts';
import { retryPolicy } from '../plan/connections/retry.ts';
import { remainingMs, SpeedMeter } from '../plan/connections/speed.ts';
import type { Resource } from '../plan/response/resource.ts';
import { SpeedLimiter } from '../transfer/connections/limiter.ts';
import type { ProxySettings } from '../plan/request/choose-proxy.ts';
import type { Timeouts } from '../transfer/connections/timeouts.ts';
import { type Outcome, runDownload } from '../transfer/run/run.ts';
import type { RunLimits, RunPorts, RunReports, RunSpec, SegmentSnapshot } from '../transfer/run/run-context.ts';
import type { DownloadList } from './download-list.ts';
import { type Entry, hostOf, mirrorHosts } from './entry.ts';
import type { HostLimits } from '../servers/host-limits.ts';
import { changeAfter } from './change-after.ts';
import { NetworkWatch, waitsForNetwork } from './network-watch.ts';
import type { Hosts } from '../servers/hosts.ts';
import type { Queues } from './queues.ts';
import { requestOf, type RequestDeps } from './request-of.ts';

const meterEveryMs = 100;

export interface RunnerDeps {
  readonly ports: RunPorts;
  readonly network?: Network | undefined;
  readonly list: DownloadList;
  readonly hosts: Hosts;
  readonly hostLimits: HostLimits;
  readonly queues: Queues;
  readonly settings: () => Settings;
  readonly globalLimiter: SpeedLimiter;
  /** Where the host wants other than the settings say. */
  readonly timeouts: Partial<Timeouts>;
  /** Proxies that the system names. */
  readonly proxies: ProxySettings;
  /** Between 0 and 1; for jitter. */
  readonly random: () => number;
  /** The network is back: downloads that wait for it may continue. */
  readonly onNetworkReturn: () => void;
  /** A run has ended, or has only the disk to wait for: another download may take its place. */
  readonly onFree: () => void;
}

/** Reasons with which a run is aborted. Each was applied to the download's state before. */
export type StopReason = 'network-back' | 'pause' | 'closed' | 'cancel' | 'remove' | 'shutdown';

interface Live {
  readonly entry: Entry;
  readonly meter: SpeedMeter;
  readonly ownLimiter: SpeedLimiter;
  /** All that cover it: everyone's, its host's, its queue's, its own. */
  limiters: readonly SpeedLimiter[];
  readonly limits: RunLimits;
  readonly slot: { readonly end: () => void };
  received: number;
  /** When bytes last came. */
  heardAtMs: number;
  connections: number;
  resource: Resource | null;
  segments: () => readonly SegmentSnapshot[];
}

export class Runner {
  readonly #deps: RunnerDeps;
  readonly #live = new Map<string, Live>();
  readonly #vouchers = new Set<string>();
  readonly #network: NetworkWatch;
  #stopMetering: (() => void) | null = null;

  constructor(deps: RunnerDeps) {
    this.#deps = deps;
    this.#network = new NetworkWatch({
      clock: deps.ports.clock,
      network: deps.network ?? unknownNetwork,
      isNeeded: () => this.#live.size > 0 || [...deps.list.waiting].some(waitsForNetwork),
      onReturn: () => this.#onNetworkReturn(),
    });
  }

  get runningCount(): number {
    return this.#live.size;
  }

  running(): Entry[] {
    return [...this.#live.values()].map(({ entry }) => entry);
  }

  /** Those that have a server to do with. The others wait for the disk alone. */
  fetching(): Entry[] {
    const fetching: Entry[] = [];
    for (const { entry } of this.#live.values()) {
      if (entry.state.kind !== 'running' || entry.state.phase !== 'finishing') fetching.push(entry);
    }
    return fetching;
  }

  /** Takes a queued download up. Its run must have ended before. */
  start(entry: Entry): void {
    const { list, ports, hosts, settings } = this.#deps;
    list.apply(entry, { kind: 'start' });
    const controller = new AbortController();
    const slot = hosts.open(hostOf(entry));
    const live: Live = {
      entry,
      meter: new SpeedMeter(),
      ownLimiter: new SpeedLimiter(ports.clock),
      limiters: [],
      limits: {
        maxConnections: () => entry.record.maxConnections || settings().maxConnections,
        limiters: () => live.limiters,
        host: slot,
        hostOf: (link) => hosts.allowance(new URL(link).host),
      },
      slot,
      received: entry.record.receivedBytes,
      heardAtMs: ports.clock.monotonicMs(),
      connections: 0,
      resource: null,
      segments: () => [],
    };
    this.#live.set(entry.record.id, live);
    this.applyLimits(entry);
    this.#network.watch();
    this.#stopMetering ??= ports.clock.every(meterEveryMs, () => this.#meter());
    entry.run = { controller, done: this.#run(live, controller.signal) };
  }

  /** Ends the cooldowns of a download's hosts, because a person asked for it now. */
  endCooldowns(entry: Entry): void {
    for (const host of [hostOf(entry), ...mirrorHosts(entry)]) this.#deps.hosts.endCooldown(host);
  }

  close(): void {
    this.#network.stop();
  }

  /** Asks a run to end. @returns settles when all it had is on disk; at once when nothing runs */
  async stop(entry: Entry, reason: StopReason): Promise<void> {
    const { run } = entry;
    if (run === null) return;
    run.controller.abort(new SluiceError('aborted', reason));
    await run.done;
  }

  /** A run as it is now; null when the download does not run. */
  snapshot(id: string): { resource: Resource | null; segments: SegmentSnapshot[] } | null {
    const live = this.#live.get(id);
    return live === undefined ? null : { resource: live.resource, segments: [...live.segments()] };
  }

  /** Limits of a running download follow its record, its queue and the settings at once. */
  applyLimits(entry: Entry): void {
    const live = this.#live.get(entry.record.id);
    if (live === undefined) return;
    const { globalLimiter, hostLimits, queues } = this.#deps;
    live.ownLimiter.setLimit(entry.record.speedLimitBytesPerSecond);
    const ofQueue = queues.limiter(entry.record.queueId);
    const before = live.limiters;
    live.limiters = [globalLimiter, ...hostLimits.limiters(hostOf(entry)), ofQueue, live.ownLimiter];
    // What is no longer a limit of this download must not hold it up.
    for (const limiter of before) if (!live.limiters.includes(limiter)) limiter.letGo(live.limits);
  }

  async #run(live: Live, signal: AbortSignal): Promise<void> {
    const { list, ports } = this.#deps;
    const { entry, limits, slot } = live;
    const outcome = entry.record.needsSignIn
      ? lacksSecrets(entry)
      : await runDownload(ports, { spec: specOf(entry, this.#deps), limits, reports: this.#reports(live) }, signal);
    slot.end();
    this.#live.delete(entry.record.id);
    if (this.#live.size === 0) {
      this.#stopMetering?.();
      this.#stopMetering = null;
    }
    entry.run = null;
    entry.progress = { receivedBytes: live.received, speedBytesPerSecond: 0, remainingMs: null, connections: 0 };
    // Also where no event changes the state any more: a pause came first, and the last speed would stay on the screen.
    list.touch(entry);
    await this.#conclude(entry, outcome);
    this.#deps.onFree();
  }

  #reports(live: Live): RunReports {
    const { list, ports } = this.#deps;
    const { entry } = live;
    return {
      phase: (phase) => {
        list.apply(entry, { kind: 'phase', phase });
        if (phase === 'finishing') {
          live.slot.end();
          this.#deps.onFree();
        }
      },
      arrived: (sizeBytes) => {
        live.received += sizeBytes;
        live.heardAtMs = ports.clock.monotonicMs();
      },
      connections: (count) => {
        live.connections = count;
      },
      received: (totalBytes) => {
        live.received = totalBytes;
        // Found on the disk or given up, not fetched: it is no speed.
        live.meter.reset();
        live.meter.sample(ports.clock.monotonicMs(), totalBytes);
      },
      segments: (snapshot) => {
        live.segments = snapshot;
      },
      answered() {},
      learned: ({ fileName, resource }) => {
        live.resource = resource;
        list.update(entry, { ...factsOf(resource), ...(fileName === undefined ? {} : { fileName }) });
        list.trySave(ports.log);
      },
      changed: (change) => {
        // What was decided was about this version: another one is asked about again.
        const { onChanged } = entry.record;
        list.update(entry, { change, onChanged: onChanged === 'replace' ? 'ask' : onChanged });
        list.trySave(ports.log);
      },
      finishing: ({ fileName, fileIdentity, resource }) => {
        live.resource = resource;
        list.update(entry, { ...(resource === null ? {} : factsOf(resource)), fileName, fileIdentity });
        return list.trySaveDurably(ports.log);
      },
      keptApart: ({ path }) => {
        list.update(entry, { keptApart: path });
        list.trySave(ports.log);
      },
    };
  }

  #meter(): void {
    const { list, ports } = this.#deps;
    const atMs = ports.clock.monotonicMs();
    for (const live of this.#live.values()) {
      live.meter.sample(atMs, live.received);
      const { bytesPerSecond } = live.meter;
      const { sizeBytes: totalBytes } = live.entry.record;
      live.entry.progress = {
        receivedBytes: live.received,
        speedBytesPerSecond: bytesPerSecond,
        remainingMs: remainingMs({ totalBytes, receivedBytes: live.received, bytesPerSecond }),
        connections: live.connections,
      };
      list.touch(live.entry);
    }
  }

  async #conclude(entry: Entry, outcome: Outcome): Promise<void> {
    const { list, ports } = this.#deps;
    const atMs = ports.clock.wallMs();
    switch (outcome.kind) {
      case 'finished': {
        const { fileName, sizeBytes, fileIdentity, verified } = outcome;
        entry.progress = { ...entry.progress, receivedBytes: sizeBytes };
        const { algorithm: verifiedBy = null, from: verifiedFrom = null } = verified ?? {};
        list.update(entry, { fileName, sizeBytes, fileIdentity, verifiedBy, verifiedFrom });
        list.apply(entry, { kind: 'finished', atMs });
        break;
      }
      case 'stopped':
        list.apply(entry, { kind: 'interrupted' });
        break;
      case 'failed':
        this.#onFailure(entry, outcome, atMs);
        break;
      default:
        outcome satisfies never;
    }
    if (entry.state.kind === 'running') throw new SluiceError('internal', 'a download runs without a run');
    if (outcome.kind === 'finished' && outcome.voucherPath !== undefined) this.#vouchers.add(outcome.voucherPath);
    list.trySave(ports.log);
    await this.dropVouchers();
  }

  /** Once the list remembers a finished file durably, the journal that did so in its stead goes. */
  async dropVouchers(): Promise<void> {
    const { list, ports } = this.#deps;
    const paths = [...this.#vouchers];
    if (paths.length === 0 || !(await list.trySaveDurably(ports.log))) return;
    for (const path of paths) {
      this.#vouchers.delete(path);
      // One that stays does no harm: the file that it speaks of is the one that the list knows.
      await ports.files.delete(path).catch(() => {});
    }
  }

  /** No download is started into a network that is away while others wait for it. */
  get hasWayOut(): boolean {
    return this.#network.hasWayOut;
  }

  /** Those that fell silent meanwhile ask anew: their servers may take a minute to notice that the way is there again. */
  #onNetworkReturn(): void {
    const { list, ports, onNetworkReturn } = this.#deps;
    const nowMs = ports.clock.monotonicMs();
    ports.log.info('the network is back', { running: this.#live.size });
    for (const { entry, heardAtMs } of this.#live.values()) {
      const isFetching = entry.state.kind === 'running' && entry.state.phase !== 'finishing';
      if (!isFetching || nowMs - heardAtMs < silentMs || !list.apply(entry, { kind: 'interrupted' })) continue;
      void this.stop(entry, 'network-back');
    }
    onNetworkReturn();
  }

  #onFailure(entry: Entry, outcome: Outcome & { kind: 'failed' }, atMs: number): void {
    const { hosts, list, ports, random, settings } = this.#deps;
    const { error, busy } = outcome;
    ports.log.warn('a run failed', { id: entry.record.id, code: error.code, detail: error.message });
    for (const { link, retryAfterMs } of busy) hosts.startCooldown(new URL(link).host, atMs + retryAfterMs);
    const change = changeAfter(entry, outcome, {
      atMs,
      random: random(),
      policy: retryPolicy(settings(), entry.record.maxAttempts),
      hasWayOut: this.#network.hasWayOut,
    });
    entry.retries = change.retries;
    list.apply(entry, change.event);
    if (change.waitsForNetwork) this.#network.watch();
  }
}

/** Asked without them, a server would send something else: a page, or the answer to an empty form. */
function lacksSecrets({ record }: Entry): Outcome {
  const error = new SluiceError('sign-in-needed', 'the secrets of the download cannot be read here');
  return { kind: 'failed', error, next: { link: record.url, error, retryAfterMs: null }, busy: [], advanced: false };
}

/** A running download that brought nothing for this long has lost its connections with the network. */
const silentMs = 2000;

function factsOf({ totalBytes, ranges }: Resource): Pick<DownloadRecord, 'sizeBytes' | 'resumable'> {
  return { sizeBytes: totalBytes, resumable: ranges === 'refused' ? false : ranges === 'unknown' ? null : true };
}

/** Where a person is to be asked, a run touches nothing. */
const engineChoices = { ask: 'keep', replace: 'new', new: 'new', beside: 'beside' } as const;

function specOf(entry: Entry, deps: RequestDeps & Pick<RunnerDeps, 'list'>): RunSpec {
  const { record } = entry;
  return {
    downloadId: record.id,
    request: requestOf(record, deps),
    folder: record.folder,
    wantedName: record.wantedName,
    checksum: record.checksum,
    skipIfPresent: record.skipIfPresent,
    findsChecksum: record.findChecksum ?? deps.settings().findChecksums,
    readsBack: record.verify ?? deps.settings().verifyFiles,
    marksOrigin: deps.settings().markOrigin,
    keepsServerTime: deps.settings().keepServerTime,
    startsOver: false,
    fileName: record.fileName,
    fileIdentity: record.fileIdentity,
    onChanged: engineChoices[record.onChanged],
    replacesOtherLink: record.onChanged === 'replace',
    leavesAlone: record.leavesAlone,
    isRemembered: deps.list.outlivesProcess,
  };
}
