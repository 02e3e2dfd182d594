/** Carries out what people ask for: picks the downloads an action applies to, tells the engine, says what happened. */
import { SluiceError, type DownloadId, type DownloadView, type EngineApi } from '@sluice/contract';
import type { TFunction } from 'i18next';
import type { Replica } from '../replica/replica.ts';
import type { PlatformServices } from '../platform.ts';
import type { Notices } from '../status/notice-store.ts';
import { thrownText } from '../text/error-text.ts';
import { openDialog, type ViewStore } from '../view/view-store.ts';
import { applies, platformCan, type Action } from './actions.ts';
import { queueMove, queueOf, type MoveDirection } from './queue-move.ts';
import { createRemoval, undoMs } from './removal.ts';

export interface Commands {
  /** Does `action` to those of `ids` it applies to; may open a dialog first. */
  run(action: Action, ids: readonly DownloadId[]): void;
  /** Pauses when anything among `ids` runs or waits to, else resumes, and tries again what has failed. */
  togglePause(ids: readonly DownloadId[]): void;
  move(direction: MoveDirection, ids: readonly DownloadId[]): void;
  pauseAll(): void;
  resumeAll(): void;
  remove(ids: readonly DownloadId[], options: { readonly deleteFile: boolean }): void;
  cancel(ids: readonly DownloadId[]): void;
  copy(text: string): void;
  /** Runs anything that may fail and shows its failure. */
  attempt(work: Promise<unknown>): void;
  /** Hands over to the engine what was waiting for an undo. */
  flush(): void;
}

export interface CommandOptions {
  readonly engine: EngineApi;
  readonly replica: Replica;
  readonly view: ViewStore;
  readonly platform: PlatformServices;
  readonly notices: Notices;
  readonly t: TFunction;
}

export function createCommands({ engine, replica, view, platform, notices, t }: CommandOptions): Commands {
  const removal = createRemoval({ engine, replica, view, onError: showProblem });

  function showProblem(error: unknown): void {
    // The banner says that already, and for all that failed with it.
    const isLost = replica.store.getState().connection === 'lost';
    if (isLost && error instanceof SluiceError && error.code === 'disconnected') return;
    notices.show({ tone: 'problem', text: t('notice.error', { ...thrownText(t, error) }) });
  }

  function attempt(work: Promise<unknown>): void {
    work.catch(showProblem);
  }

  function among(action: Action, ids: readonly DownloadId[]): DownloadView[] {
    const { downloads } = replica.store.getState();
    return ids
      .map((id) => downloads.get(id))
      .filter((download) => download !== undefined)
      .filter((download) => applies(action, download));
  }

  function run(action: Action, given: readonly DownloadId[]): void {
    const downloads = among(action, given);
    const ids = downloads.map((download) => download.id);
    const [first] = downloads;
    if (first === undefined || !platformCan(action, platform)) return;
    switch (action) {
      case 'pause':
        return attempt(engine.pause({ ids }));
      case 'resume':
      case 'retryNow':
        return attempt(engine.resume({ ids }));
      case 'retry':
        return attempt(engine.retry({ ids }));
      case 'savePage':
        // A failed download starts again with the change.
        for (const id of ids) attempt(engine.changeRequest({ id, request: { acceptPage: true } }));
        return;
      case 'keepMine':
        return attempt(engine.resolveChanged({ ids, choice: 'keep' }));
      case 'fetchBeside':
        return attempt(engine.resolveChanged({ ids, choice: 'beside' }));
      case 'replaceMine':
        return attempt(engine.resolveChanged({ ids, choice: 'replace' }));
      case 'cancel':
        // Nothing is lost by giving up what never fetched a byte.
        if (downloads.every((download) => download.receivedBytes === 0)) return cancel(ids);
        return openDialog(view, { kind: 'cancel', ids });
      case 'remove':
        return openDialog(view, { kind: 'remove', ids });
      case 'limits':
        return openDialog(view, { kind: 'limits', ids });
      case 'changeFolder':
        return openDialog(view, { kind: 'add', text: first.url, replaces: first.id });
      case 'newLink':
        return openDialog(view, { kind: 'changeRequest', id: first.id, asks: 'link' });
      case 'signIn':
        return openDialog(view, { kind: 'changeRequest', id: first.id, asks: 'login' });
      case 'open':
        return attempt(platform.openFile?.(first.id) ?? Promise.resolve());
      case 'showInFolder':
        return attempt(platform.showInFolder?.(first.id) ?? Promise.resolve());
      case 'copyLink':
        return copyLinks(downloads);
      case 'copyName':
        return copyText(downloads.map(({ name }) => name).join('\n'), t('notice.copiedText'));
      case 'copyPath':
        return copyText(downloads.map(pathOf).join('\n'), t('notice.copiedText'));
      default:
        action satisfies never;
    }
  }

  function copyLinks(downloads: readonly DownloadView[]): void {
    const text = downloads.map((download) => download.url).join('\n');
    copyText(text, t('notice.copied', { count: downloads.length }));
  }

  function copyText(text: string, done: string): void {
    attempt(platform.copyText(text).then(() => notices.show({ tone: 'news', text: done })));
  }

  function cancel(ids: readonly DownloadId[]): void {
    attempt(engine.cancel({ ids: [...ids] }));
  }

  async function removeUndoably(ids: readonly DownloadId[]): Promise<void> {
    const name = replica.store.getState().downloads.get(ids[0] ?? '')?.name ?? '';
    const undo = await removal.removeUndoably(ids);
    const text = t('notice.removed', { count: ids.length, name: isolated(name) });
    const id = notices.show({ tone: 'news', text, action: { label: t('notice.undo'), run: undoOnce } }, undoMs);
    function undoOnce(): void {
      undo();
      notices.dismiss(id);
    }
  }

  return {
    run,
    togglePause: (ids) => {
      if (among('pause', ids).length > 0) return run('pause', ids);
      run('resume', ids);
      run(
        'retry',
        ids.filter((id) => replica.store.getState().downloads.get(id)?.state.kind === 'failed'),
      );
    },
    move: (direction, ids) => {
      const move = queueMove(queueOf(replica.store.getState().downloads.values()), new Set(ids), direction);
      if (move !== undefined) attempt(engine.reorder(move));
    },
    pauseAll: () => attempt(engine.pauseAll({})),
    resumeAll: () => attempt(engine.resumeAll({})),
    remove: (ids, { deleteFile }) => {
      if (ids.length === 0) return;
      attempt(deleteFile ? engine.remove({ ids: [...ids], deleteFile }) : removeUndoably(ids));
    },
    cancel,
    copy: (text) => copyText(text, t('notice.copiedText')),
    attempt,
    flush: () => removal.flush(),
  };
}

/** Keeps a name's writing direction from reordering the sentence around it (Unicode FSI and PDI). */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}

/** By the separator that the host's own paths have. */
function pathOf({ folder, name }: DownloadView): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return folder.endsWith(separator) ? folder + name : folder + separator + name;
}
