/** Carries out `sluice get`: an engine of its own for as long as it takes, then the exit code. */
import { errorToInfo } from '@sluice/contract';
import { clearBeside, createHost, createLineLog, defaultHostFolders, type Log } from '@sluice/host';
import type { GetRequest } from './request.ts';
import { type ExitCode, exitCodeOf, exitCodes } from '../../exit-codes.ts';
import type { Reporter } from '../../report/reporter.ts';
import type { CliContext } from '../../cli-context.ts';
import { version } from '../../version.ts';
import { addLinks } from './add-links.ts';
import { fetchAll } from './fetch-all.ts';
import { sortByExistence } from './present-files.ts';
import { prepareFolder } from './prepare-folder.ts';
import { Progress } from './progress.ts';
import { readNetrc } from './read-netrc.ts';
import { reporterFor } from './reporter-for.ts';

export async function runGet(request: GetRequest, context: CliContext): Promise<ExitCode> {
  const { output, logLevel, maxAttempts, waitNetworkMs } = request;
  const reporter = await reporterFor({ output, hasLog: logLevel !== null }, context);
  const log = logLevel === null ? undefined : createLineLog(logLevel, (line) => context.error(`sluice: ${line}\n`));
  const progress = new Progress({ maxAttempts, waitNetworkMs, nowMs: () => context.nowMs() });
  const { interrupted } = context;
  try {
    const exitCode = await getWithOwnHost(request, { reporter, progress, interrupted, log });
    reporter.ended({ exitCode, downloads: progress.downloads, interrupted: exitCode === exitCodes.interrupted });
    return exitCode;
  } catch (error) {
    const info = errorToInfo(error);
    const exitCode = exitCodeOf(info.code);
    reporter.ended({ exitCode, downloads: progress.downloads, interrupted: false, error: info });
    return exitCode;
  }
}

interface Getting {
  readonly reporter: Reporter;
  readonly progress: Progress;
  readonly interrupted: AbortSignal;
  readonly log: Log | undefined;
}

async function getWithOwnHost(request: GetRequest, getting: Getting): Promise<ExitCode> {
  const { reporter, progress, interrupted, log } = getting;
  const { dataFolder } = defaultHostFolders();
  const folders = [...new Set(request.downloads.map(({ folder }) => folder))];
  const [downloadFolder = dataFolder] = folders;
  const host = await createHost({
    dataFolder,
    downloadFolder,
    memory: true,
    version,
    ...(log === undefined ? {} : { log }),
  });
  try {
    for (const folder of folders) await prepareFolder(host.api, folder);
    const { missing, present } = request.skipsPresent
      ? await sortByExistence(request.downloads)
      : { missing: request.downloads, present: [] };
    await clearBeside(present.map(({ path }) => path));
    for (const file of present) reporter.present(file);
    if (missing.length === 0) return exitCodes.ok;
    const added = await addLinks(
      host.api,
      { ...request, downloads: missing },
      request.usesNetrc ? await readNetrc(process.env) : '',
    );
    if (added.kind === 'rejected') {
      for (const rejection of added.rejections) reporter.rejected(rejection);
      return exitCodes.usage;
    }
    await fetchAll(host.api, { ids: added.ids, progress, reporter, interrupted });
  } finally {
    // Checkpoints what runs: until this is done a download is not safe.
    await host.close();
  }
  return outcome(progress, interrupted);
}

/** Of several failures the first in the order of the links counts. */
function outcome(progress: Progress, interrupted: AbortSignal): ExitCode {
  if (interrupted.aborted && !progress.over) return exitCodes.interrupted;
  const failure = progress.verdicts.find((verdict) => verdict.kind === 'failed');
  return failure === undefined ? exitCodes.ok : exitCodeOf(failure.error.code);
}
