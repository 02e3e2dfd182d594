/** The commands that start, stop and drop downloads: state first, so that everyone sees it at once; then the join. */
import type { DownloadEvent } from '../download/state.ts';
import { SluiceError } from '../errors.ts';
import { freshRetryState } from '../plan/retry.ts';
import type { Log } from '../ports/log.ts';
import type { Files } from '../ports/files.ts';
import type { DownloadList } from '../queue/download-list.ts';
import type { Entry } from '../queue/entry.ts';
import type { Runner, StopReason } from '../queue/runner.ts';
import type { Scheduler } from '../queue/scheduler.ts';
import { deletePartial } from '../transfer/working-file.ts';

export interface ControlParts {
  readonly list: DownloadList;
  readonly runner: Runner;
  readonly scheduler: Scheduler;
  readonly files: Files;
  readonly log: Log;
}

type Nothing = Record<string, never>;

export interface Controls {
  /** @throws SluiceError `download-unknown` when none of the ids is on the list */
  find(ids: readonly string[]): readonly [Entry, ...Entry[]];
  pause(ids: readonly string[]): Promise<Nothing>;
  resume(ids: readonly string[]): Promise<Nothing>;
  retry(ids: readonly string[]): Promise<Nothing>;
  cancel(ids: readonly string[]): Promise<Nothing>;
  remove(ids: readonly string[], deleteFile: boolean): Promise<Nothing>;
  pauseAll(): Promise<Nothing>;
  resumeAll(): Promise<Nothing>;
}

export function createControls(parts: ControlParts): Controls {
  const { list, runner, scheduler, files, log } = parts;

  /** An id that is gone is passed over: the list may have changed while the command was on its way. */
  function find(ids: readonly string[]): readonly [Entry, ...Entry[]] {
    const [first, ...others] = ids.flatMap((id) => list.get(id) ?? []);
    if (first === undefined) throw new SluiceError('download-unknown', 'no such download');
    return [first, ...others];
  }

  async function stopWith(
    entries: readonly Entry[],
    event: DownloadEvent,
    reason: StopReason,
  ): Promise<readonly Entry[]> {
    const changed = entries.filter((entry) => list.apply(entry, event));
    // What a full disk keeps from being remembered must stop all the same.
    list.trySave(log);
    // Of those that were stopped before, too, something may still be on its way to the disk.
    const ending = entries.filter(({ run }) => run !== null);
    await Promise.all(ending.map((entry) => runner.stop(entry, reason)));
    list.save();
    return changed;
  }

  async function startAgain(entries: readonly Entry[], event: DownloadEvent): Promise<Nothing> {
    for (const entry of entries) {
      entry.retries = freshRetryState;
      list.apply(entry, event);
    }
    scheduler.poke();
    list.save();
    return {};
  }

  /** Whoever names a download does not want it to wait, not even for a host that asked for peace. */
  function startNow(entries: readonly Entry[], event: DownloadEvent): Promise<Nothing> {
    for (const entry of entries) runner.endQuiet(entry);
    return startAgain(entries, event);
  }

  async function pauseEntries(entries: readonly Entry[]): Promise<Nothing> {
    await stopWith(entries, { kind: 'pause' }, 'pause');
    scheduler.poke();
    return {};
  }

  /** Deletes the partial, which only this download wrote, and forgets what it held. */
  async function dropPartial(entry: Entry): Promise<void> {
    const { fileName, folder } = entry.record;
    if (fileName !== null) await deletePartial(files, folder, fileName);
  }

  return {
    find,
    pause: (ids) => pauseEntries(find(ids)),
    resume: (ids) => startNow(find(ids), { kind: 'resume' }),
    retry: (ids) => startNow(find(ids), { kind: 'retry' }),
    async cancel(ids) {
      for (const entry of await stopWith(find(ids), { kind: 'cancel' }, 'cancel')) {
        if (entry.state.kind !== 'cancelled') continue;
        await dropPartial(entry);
        entry.progress = { ...entry.progress, receivedBytes: 0 };
        list.update(entry, { fileName: null, fileIdentity: null, receivedBytes: 0 });
      }
      list.save();
      scheduler.poke();
      return {};
    },
    async remove(ids, deleteFile) {
      const entries = find(ids);
      await stopWith(entries, { kind: 'pause' }, 'remove');
      if (deleteFile) {
        for (const entry of entries) {
          if (entry.state.kind === 'finished') await deleteFinished(files, entry);
          else await dropPartial(entry);
        }
      }
      list.remove(entries.map((entry) => entry.record.id));
      scheduler.poke();
      return {};
    },
    pauseAll: () => pauseEntries(list.inOrder()),
    resumeAll: () =>
      startAgain(
        list.inOrder().filter((entry) => entry.state.kind === 'paused' || entry.state.kind === 'waiting'),
        { kind: 'resume' },
      ),
  };
}

/** Only the very file that this download finished: one that took its name since then stays. */
async function deleteFinished(files: Files, entry: Entry): Promise<void> {
  const { fileName, fileIdentity, folder } = entry.record;
  if (fileName === null || fileIdentity === null) return;
  const path = files.join(folder, fileName);
  const there = await files.lookUp(path);
  if (there?.identity === fileIdentity) await files.delete(path);
}
