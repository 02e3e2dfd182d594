/** Carries out `sluice watch`: shows the list at work until nothing is left to do, and works itself when no other does. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type EngineApi, type ErrorInfo, errorToInfo } from '@sluice/contract';
import type { SelectionRequest } from '../list/request.ts';
import { type ExitCode, exitCodeOf, exitCodes } from '../../exit-codes.ts';
import { reporterFor } from '../get/reporter-for.ts';
import { joinHost, type JoinedHost } from '../list/join-host.ts';
import { selectDownloads } from '../list/select-downloads.ts';
import { Output } from '../list/output.ts';
import { hintAtClosed } from '../queue/hint-at-closed.ts';
import { followUntil } from '../../report/follow-until.ts';
import type { Reporter } from '../../report/reporter.ts';
import { explain } from '../../sentences.ts';
import type { CliContext } from '../../cli-context.ts';
import { cleanText } from '../../terminal/clean-text.ts';
import { type Change, Watched } from './watched.ts';

const answerMs = 250;

export interface WatchRequest extends SelectionRequest {
  /** Goes on when nothing is left to do: more may be added. */
  readonly forever: boolean;
}

export async function runWatch(request: WatchRequest, context: CliContext): Promise<ExitCode> {
  const output = new Output(context, request.output);
  try {
    const host = await joinHost({ dataFolder: request.dataFolder, carriesOut: true });
    try {
      for (const notice of host.notices) output.notice(notice);
      return await watch(host, request, context);
    } finally {
      await host.close();
    }
  } catch (error) {
    return output.endWithError(error);
  }
}

async function watch(host: JoinedHost, request: WatchRequest, context: CliContext): Promise<ExitCode> {
  const output = new Output(context, request.output);
  const ids = await idsOf(host.api, request);
  if (ids !== null && 'kind' in ids) return output.endWithUsageError(ids.usageError);
  if (!host.isElsewhere) {
    output.hint('No Sluice is running, so this one does what is on the list. "sluice serve" keeps one running.');
  }
  hintAtClosed(await host.api.snapshot({}), ids === null ? null : new Set(ids), output);
  const watched = new Watched(ids);
  const reporter = await reporterFor({ output: request.output }, context);
  const { interrupted } = context;
  let hasComplained = false;
  const onUnsaved = (error: ErrorInfo): void => {
    hasComplained = true;
    output.complain(explain(error));
  };
  try {
    await follow(host.api, { watched, reporter, interrupted, forever: request.forever, onUnsaved });
  } catch (error) {
    const info = errorToInfo(error);
    const exitCode = exitCodeOf(info.code);
    reporter.ended({ exitCode, downloads: watched.downloads, interrupted: false, error: info });
    return exitCode;
  }
  // What has finished is on disk, but the list could not be told: another start would not know.
  const { unsaved } = await host.api.snapshot({});
  if (unsaved !== undefined && !hasComplained) onUnsaved(unsaved);
  const exitCode = unsaved === undefined ? outcome(watched, interrupted) : exitCodeOf(unsaved.code);
  // The command that stopped the last one, in another terminal, still waits for its answer.
  if (!host.isElsewhere && !interrupted.aborted && watched.stopped.length > 0) await sleep(answerMs);
  // Here the runs end with this command, and what they had is on disk before anything is said of it.
  if (!host.isElsewhere) await host.close();
  reporter.ended({
    exitCode,
    downloads: watched.downloads,
    interrupted: interrupted.aborted && !host.isElsewhere,
    ...(unsaved === undefined ? {} : { error: unsaved }),
  });
  tellWhatIsLeft(watched, { host, output, interrupted });
  return exitCode;
}

/** Null: all of the list. */
async function idsOf(api: EngineApi, { selection }: WatchRequest) {
  if (selection.names.length === 0 && selection.states === null) return null;
  const selected = selectDownloads((await api.snapshot({})).downloads, selection);
  return selected.kind === 'usage-error' ? selected : selected.value.map(({ id }) => id);
}

interface Following {
  readonly watched: Watched;
  readonly reporter: Reporter;
  readonly interrupted: AbortSignal;
  readonly forever: boolean;
  /** The list cannot be saved. */
  readonly onUnsaved: (error: ErrorInfo) => void;
}

function follow(api: EngineApi, { watched, reporter, interrupted, forever, onUnsaved }: Following): Promise<void> {
  return followUntil(api, interrupted, (end) => {
    function tell({ changed, ended }: Change): void {
      reporter.changed(changed, watched.downloads);
      for (const { download, verdict } of ended) reporter.settled(download, verdict);
      if (watched.atRest && !forever) end.resolve();
    }
    return {
      onSnapshot: (snapshot) => tell(watched.takeSnapshot(snapshot)),
      onDelta: (delta) => {
        if (delta.unsaved) onUnsaved(delta.unsaved);
        tell(watched.takeDelta(delta));
      },
    };
  });
}

/** Of several failures the first counts. */
function outcome(watched: Watched, interrupted: AbortSignal): ExitCode {
  if (interrupted.aborted) return exitCodes.interrupted;
  const failure = watched.verdicts.find((verdict) => verdict.kind === 'failed');
  if (failure !== undefined) return exitCodeOf(failure.error.code);
  return watched.stopped.length > 0 ? exitCodes.interrupted : exitCodes.ok;
}

function tellWhatIsLeft(
  watched: Watched,
  { host, output, interrupted }: { host: JoinedHost; output: Output; interrupted: AbortSignal },
): void {
  if (interrupted.aborted) {
    if (host.isElsewhere) output.hint('The downloads continue in the Sluice that is running.');
    return;
  }
  for (const { name } of watched.stopped) output.hint(`${cleanText(name)} is stopped; resume it: sluice resume`);
}
