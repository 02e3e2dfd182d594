/** Carries one download to a file through as many runs as it takes, without a list that remembers it. */
import type { ChangeNotice } from '@sluice/contract';
import { SluiceError } from '../errors.ts';
import { journalName, partialName } from '../plan/names/file-names.ts';
import { secondNames } from '../plan/names/second-names.ts';
import type { Resource } from '../plan/response/resource.ts';
import type { RunLimits, RunReports, RunSpec } from '../transfer/run/run-context.ts';
import type { AnswerHead } from '../transfer/request/answer-head.ts';
import { SpeedLimiter } from '../transfer/connections/limiter.ts';
import type { PauseGate } from '../transfer/connections/pause-gate.ts';
import { speaksOf } from '../transfer/file/clear-beside-named.ts';
import { runDownload } from '../transfer/run/run.ts';
import { deletePartials } from '../transfer/file/delete-partials.ts';
import { Attempts } from './attempts.ts';
import { type DirectDeps, requestBase } from './direct-deps.ts';
import { ProgressPulse } from './progress-pulse.ts';
import type { FetchedFile, FileSpec } from './spec.ts';

/** What the runs have taught so far. */
interface Facts {
  fileName: string | null;
  resource: Resource | null;
  head: AnswerHead | null;
  change: ChangeNotice | null;
  /** Whether the first run has looked at the disk. */
  hasResumed: boolean;
  /** The name that was told last. */
  toldName: string | null;
  keptApart: string | null;
}

/** @throws SluiceError what the last run failed with; `signal.reason` when aborted */
export async function fetchFile(
  deps: DirectDeps,
  task: { readonly spec: FileSpec; readonly downloadId: string },
  signal: AbortSignal,
): Promise<FetchedFile> {
  const { ports, hosts, random } = deps;
  const { spec, downloadId } = task;
  await refuseTaken(deps, spec);
  const facts: Facts = {
    fileName: await nameOfPartial(deps, spec),
    resource: null,
    head: null,
    change: null,
    hasResumed: false,
    toldName: null,
    keptApart: null,
  };
  const host = hosts.open(new URL(spec.url).host);
  const pulse = new ProgressPulse(ports.clock, spec.onProgress);
  const attempts = new Attempts({
    clock: ports.clock,
    network: deps.network,
    random,
    policy: spec.retry,
    beforeRetry: spec.beforeRetry,
  });
  const limiters = [new SpeedLimiter(ports.clock, spec.speedLimitBytesPerSecond)];
  const limits: RunLimits = {
    maxConnections: () => spec.maxConnections,
    limiters: () => limiters,
    ...(spec.gate ? pausedBy(spec.gate) : {}),
    host,
    hostOf: (link) => hosts.allowance(new URL(link).host),
  };
  const reports = reportsTo(pulse, facts, spec);
  // What is sent does something each time: nothing that an earlier answer brought may stand for this one's.
  const mayResume = (spec.request.method ?? 'GET') === 'GET';
  let startsOver = !spec.resumes || !mayResume;
  let isFinished = false;
  try {
    for (;;) {
      const runSpec = runSpecOf(deps, task, { ...facts, startsOver });
      const outcome = await runDownload(ports, { spec: runSpec, limits, reports }, signal);
      switch (outcome.kind) {
        case 'finished': {
          isFinished = true;
          pulse.receivedBytes = outcome.sizeBytes;
          pulse.totalBytes = outcome.sizeBytes;
          const { fileName, sizeBytes, verified, replacedBytes } = outcome;
          if (fileName !== facts.toldName) spec.onFileName?.(fileName);
          const path = ports.files.join(spec.folder, fileName);
          return {
            path,
            sizeBytes,
            verifiedBy: verified?.algorithm ?? null,
            digest: verified,
            resource: facts.resource,
            head: facts.head,
            keptApart: facts.keptApart,
            change: facts.change,
            replacedBytes,
            // Without a look at any part of it, the whole was there already.
            resumedFromBytes: facts.hasResumed ? pulse.resumedFromBytes : sizeBytes,
          };
        }
        case 'stopped':
          signal.throwIfAborted();
          throw new SluiceError('internal', 'a run stopped by itself');
        case 'failed':
          for (const { link, retryAfterMs } of outcome.busy) {
            hosts.startCooldown(new URL(link).host, ports.clock.wallMs() + retryAfterMs);
          }
          await attempts.waitAfter(
            outcome.next.error,
            { advanced: outcome.advanced, retryAfterMs: outcome.next.retryAfterMs, own: outcome.error },
            signal,
          );
          startsOver = !mayResume || (startsOver && facts.resource === null);
          break;
        default:
          outcome satisfies never;
      }
    }
  } finally {
    pulse.end();
    host.end();
    ports.claims.release(downloadId);
    if (!isFinished && !spec.keepsPartial && facts.resource !== null && facts.fileName !== null) {
      const links = [spec.url, ...(spec.request.mirrors ?? [])];
      await deletePartials(ports.files, { folder: spec.folder, fileName: facts.fileName, links });
    }
  }
}

/** A name that is taken is told of before anything is asked of a server. */
export async function refuseTaken(
  { ports }: DirectDeps,
  { url, folder, name, whenTaken }: Pick<FileSpec, 'url' | 'folder' | 'name' | 'whenTaken'>,
): Promise<void> {
  if (name === null || whenTaken === 'number') return;
  const there = await ports.files.lookUp(ports.files.join(folder, name));
  const isInTheWay = there !== null && (whenTaken === 'refuse' || there.kind === 'folder');
  // The last process was killed between giving this very file its name and saying so: the run will find it whole.
  for (const one of isInTheWay ? [name, ...secondNames(name)] : []) {
    const journalPath = ports.files.join(folder, journalName(one));
    if (await speaksOf(ports.files, journalPath, { identity: there?.identity ?? '', link: url })) return;
  }
  if (isInTheWay) throw new SluiceError('file-exists', 'the name is taken', { facts: { name } });
}

/** The name under which an earlier try left something; null when there is nothing, or the link is to find it. */
async function nameOfPartial({ ports: { files } }: DirectDeps, spec: FileSpec): Promise<string | null> {
  const { folder, name, whenTaken } = spec;
  if (name === null || whenTaken === 'number') return null;
  const isThere = await Promise.all(
    [partialName(name), journalName(name), ...secondNames(name).map(journalName)].map(
      async (one) => (await files.lookUp(files.join(folder, one))) !== null,
    ),
  );
  return isThere.includes(true) ? name : null;
}

function runSpecOf(
  deps: DirectDeps,
  task: { readonly spec: FileSpec; readonly downloadId: string },
  state: Pick<Facts, 'fileName' | 'change'> & { readonly startsOver: boolean },
): RunSpec {
  const { spec, downloadId } = task;
  return {
    downloadId,
    request: requestBase(deps, spec),
    folder: spec.folder,
    wantedName: spec.name,
    checksum: spec.checksum,
    findsChecksum: spec.findsChecksum,
    readsBack: spec.readsBack ?? false,
    marksOrigin: spec.marksOrigin,
    keepsServerTime: true,
    startsOver: state.startsOver,
    fileName: state.fileName,
    fileIdentity: null,
    isRemembered: false,
    // What was put beside has a name that was not asked for, and replaces nothing.
    whenTaken: state.change?.kind === 'beside' ? 'number' : spec.whenTaken,
    onChanged: spec.onChanged ?? 'new',
  };
}

function pausedBy(gate: PauseGate): Pick<RunLimits, 'pause'> {
  return { pause: (signal) => gate.wait(signal) };
}

function reportsTo(pulse: ProgressPulse, facts: Facts, spec: FileSpec): RunReports {
  const name = (fileName: string): void => {
    if (fileName === facts.toldName) return;
    facts.toldName = fileName;
    spec.onFileName?.(fileName);
  };
  return {
    phase() {},
    arrived: (sizeBytes) => {
      pulse.receivedBytes += sizeBytes;
    },
    connections: (count) => {
      pulse.connections = count;
    },
    received: (totalBytes) => {
      if (!facts.hasResumed || totalBytes === 0) pulse.resumedFromBytes = totalBytes;
      facts.hasResumed = true;
      pulse.setReceived(totalBytes);
    },
    segments() {},
    answered: (head) => {
      facts.head = head;
    },
    learned: ({ fileName, resource }) => {
      facts.fileName = fileName ?? facts.fileName;
      if (fileName !== undefined) name(fileName);
      facts.resource = resource;
      pulse.totalBytes = resource.totalBytes;
    },
    changed: (notice) => {
      facts.change = notice;
      // What is reported next was there before.
      if (notice.kind === 'back') facts.hasResumed = false;
      spec.onChange?.(notice);
    },
    finishing: async ({ fileName, resource }) => {
      name(fileName);
      facts.resource = resource ?? facts.resource;
      pulse.totalBytes = resource?.totalBytes ?? pulse.totalBytes;
      return true;
    },
    keptApart: ({ path }) => {
      facts.keptApart = path;
    },
  };
}
