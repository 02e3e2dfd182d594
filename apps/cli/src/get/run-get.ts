/** Carries out `sluice get`: an engine of its own for as long as it takes, then the exit code. */
import { type EngineApi, errorToInfo, followEngine, type DownloadView } from '@sluice/contract';
import type { GetRequest } from '../arguments/get-request.ts';
import { type ExitCode, exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { Reporter } from '../report/reporter.ts';
import type { Surroundings } from '../surroundings.ts';
import { version } from '../version.ts';
import { prepareFolder } from './prepare-folder.ts';
import { Progress } from './progress.ts';
import { reporterFor } from './reporter-for.ts';

export async function runGet(request: GetRequest, surroundings: Surroundings): Promise<ExitCode> {
  const reporter = reporterFor(request.output, surroundings);
  const progress = new Progress(request.retries);
  const { interrupted } = surroundings;
  try {
    // Loaded only now: help, mistakes and versions need no engine.
    const { createHost, defaultHostFolders } = await import('@sluice/host');
    const { dataFolder } = defaultHostFolders();
    const host = await createHost({ dataFolder, downloadFolder: request.folder, memory: true, version });
    let exitCode: ExitCode;
    try {
      const accepted = await addAll(host.api, request, reporter);
      if (accepted !== null) await fetchAll(host.api, { ids: accepted, progress, reporter, interrupted });
      exitCode = accepted === null ? exitCodes.usage : outcome(progress, interrupted);
    } finally {
      // Checkpoints what runs; until it is done a download is not safe.
      await host.close();
    }
    reporter.ended({ exitCode, downloads: progress.downloads, interrupted: interrupted.aborted && !progress.over });
    return exitCode;
  } catch (error) {
    const info = errorToInfo(error);
    const exitCode = exitCodeOf(info.code);
    reporter.ended({ exitCode, downloads: progress.downloads, interrupted: false, error: info });
    return exitCode;
  }
}

/** @returns the ids, not started; null when a link was not taken, so that none is */
async function addAll(api: EngineApi, request: GetRequest, reporter: Reporter): Promise<readonly string[] | null> {
  const { links, folder, name, headers, maxConnections, bytesPerSecond } = request;
  await prepareFolder(api, folder);
  await api.writeSettings({
    speedLimitBytesPerSecond: bytesPerSecond,
    // A ceiling that was asked for must not be undercut by the one for a host.
    ...(maxConnections > 16 ? { maxConnectionsPerHost: maxConnections } : {}),
  });
  const { results } = await api.add({
    downloads: links.map((url) => ({ url, folder, headers, maxConnections, ...(name === null ? {} : { name }) })),
    start: false,
  });
  const rejected = results.filter((result) => result.kind === 'rejected');
  for (const rejection of rejected) reporter.rejected(rejection);
  if (rejected.length > 0) return null;
  return [...new Set(results.flatMap((result) => (result.kind === 'rejected' ? [] : result.id)))];
}

interface Fetching {
  readonly ids: readonly string[];
  readonly progress: Progress;
  readonly reporter: Reporter;
  readonly interrupted: AbortSignal;
}

/** @returns once all have come to an end, or when interrupted */
async function fetchAll(api: EngineApi, { ids, progress, reporter, interrupted }: Fetching): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  function tell(changed: readonly DownloadView[]): void {
    reporter.changed(changed, progress.downloads);
    for (const download of changed) {
      const verdict = progress.verdictOf(download.id);
      if (verdict === undefined) continue;
      reporter.settled(download, verdict);
      // A download given up here would be tried again by the engine. It may have come to an end meanwhile.
      if (verdict.kind === 'failed') api.pause({ ids: [download.id] }).catch(reject);
    }
    if (progress.over) resolve();
  }
  if (interrupted.aborted) return;
  const onInterrupt = (): void => resolve();
  interrupted.addEventListener('abort', onInterrupt, { once: true });
  await api.resume({ ids: [...ids] });
  const unfollow = followEngine(api, {
    onSnapshot: (snapshot) => tell(progress.takeSnapshot(snapshot)),
    onDelta: (delta) => tell(progress.takeDelta(delta)),
    onError: reject,
  });
  try {
    await promise;
  } finally {
    unfollow();
    interrupted.removeEventListener('abort', onInterrupt);
  }
}

/** Of several failures the first in the order of the links counts. */
function outcome(progress: Progress, interrupted: AbortSignal): ExitCode {
  if (!progress.over && interrupted.aborted) return exitCodes.interrupted;
  const failure = progress.verdicts.find((verdict) => verdict.kind === 'failed');
  return failure === undefined ? exitCodes.ok : exitCodeOf(failure.error.code);
}
