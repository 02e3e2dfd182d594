/** The commands that start, stop and drop downloads: state first, so that everyone sees it at once; then the join. */
import type { DownloadEvent } from '../download/state.ts';
import { SluiceError } from '../errors.ts';
import { freshRetryState } from '../plan/connections/retry.ts';
import type { Log } from '../ports/log.ts';
import type { Files } from '../ports/files.ts';
import type { DownloadList } from '../queue/download-list.ts';
import type { Entry } from '../queue/entry.ts';
import { lockEntries } from '../queue/lock-entries.ts';
import type { Runner, StopReason } from '../queue/runner.ts';
import type { Scheduler } from '../queue/scheduler.ts';
import type { AdoptablePartials } from '../transfer/run/adoptable-partials.ts';
import type { NameClaims } from '../transfer/file/name-claims.ts';
import { deletePartials } from '../transfer/file/delete-partials.ts';

export interface ControlDeps {
  readonly list: DownloadList;
  readonly runner: Runner;
  readonly scheduler: Scheduler;
  readonly files: Files;
  readonly claims: NameClaims;
  readonly adoptable: Pick<AdoptablePartials, 'forget'>;
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

export function createControls(deps: ControlDeps): Controls {
  const { list, runner, scheduler, files, claims, adoptable, log } = deps;
  /** On their way off the list: nothing but their removal reaches them any more. */
  const leaving = new Set<Entry>();

  /** An id that is gone is passed over: the list may have changed while the command was on its way. */
  function findListed(ids: readonly string[]): readonly [Entry, ...Entry[]] {
    const [first, ...others] = ids.flatMap((id) => list.get(id) ?? []);
    if (first === undefined) throw new SluiceError('download-unknown', 'no such download');
    return [first, ...others];
  }

  function find(ids: readonly string[]): readonly [Entry, ...Entry[]] {
    const [first, ...others] = findListed(ids).filter((entry) => !leaving.has(entry));
    if (first === undefined) throw new SluiceError('download-unknown', 'the download is being removed');
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

  /** A download that a person starts by name does not wait for the cooldown of its host. */
  function startNow(entries: readonly Entry[], event: DownloadEvent): Promise<Nothing> {
    for (const entry of entries) runner.endCooldowns(entry);
    return startAgain(entries, event);
  }

  async function pauseEntries(entries: readonly Entry[]): Promise<Nothing> {
    await stopWith(entries, { kind: 'pause' }, 'pause');
    scheduler.poke();
    return {};
  }

  /** Deletes the partial, which only this download wrote: where another one writes under its name now, that is left alone. */
  async function dropPartial({ record }: Entry): Promise<void> {
    const { id, fileName, folder } = record;
    if (fileName === null || !claims.claim(files.join(folder, fileName), id)) return;
    const links = [record.url, ...(record.request.mirrors ?? []), ...(record.formerLinks ?? [])];
    const isGone = await deletePartials(files, { folder, fileName, links });
    if (!isGone) log.warn('the partial is not known for this download any more, and stays', { id });
    claims.release(id);
  }

  async function cancelEntries(entries: readonly Entry[], isOurTurn: Promise<unknown>): Promise<void> {
    const changed = await stopWith(entries, { kind: 'cancel' }, 'cancel');
    await isOurTurn;
    for (const entry of changed) {
      if (entry.state.kind !== 'cancelled') continue;
      await dropPartial(entry);
      entry.progress = { ...entry.progress, receivedBytes: 0 };
      list.update(entry, { fileName: null, fileIdentity: null, formerLinks: [], receivedBytes: 0 });
    }
    list.save();
  }

  async function removeEntries(
    entries: readonly Entry[],
    how: { readonly deleteFile: boolean; readonly isOurTurn: Promise<unknown> },
  ): Promise<void> {
    await stopWith(entries, { kind: 'pause' }, 'remove');
    await how.isOurTurn;
    const listed = entries.filter((entry) => list.get(entry.record.id) === entry);
    for (const entry of how.deleteFile ? listed : []) {
      if (entry.state.kind === 'finished') await deleteFinished(files, entry);
      else await dropPartial(entry);
    }
    list.remove(listed.map((entry) => entry.record.id));
    // The name may be another download's from now on, and a new download of the same link may resume a partial that stays.
    for (const { record } of listed) claims.release(record.id);
    for (const folder of new Set(listed.map(({ record }) => record.folder))) adoptable.forget(folder);
  }

  return {
    find,
    pause: (ids) => pauseEntries(find(ids)),
    resume: (ids) => startNow(find(ids), { kind: 'resume' }),
    retry: (ids) => startNow(find(ids), { kind: 'retry' }),
    async cancel(ids) {
      const entries = find(ids);
      await lockEntries(entries, (isOurTurn) => cancelEntries(entries, isOurTurn)).finally(() => scheduler.poke());
      return {};
    },
    async remove(ids, deleteFile) {
      const entries = findListed(ids);
      for (const entry of entries) leaving.add(entry);
      try {
        await lockEntries(entries, (isOurTurn) => removeEntries(entries, { deleteFile, isOurTurn }));
      } finally {
        for (const entry of entries) leaving.delete(entry);
        scheduler.poke();
      }
      return {};
    },
    pauseAll: () => pauseEntries(list.inOrder().filter((entry) => !leaving.has(entry))),
    resumeAll: () =>
      startAgain(
        list
          .inOrder()
          .filter((entry) => !leaving.has(entry) && (entry.state.kind === 'paused' || entry.state.kind === 'waiting')),
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
