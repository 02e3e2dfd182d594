/** Hands the links to the engine and keeps what it would not take, with the reason, for another try. */
import {
  type Added,
  type DownloadId,
  type ErrorInfo,
  type NewDownload,
  type QueueId,
  readChecksum,
} from '@sluice/contract';
import { useState } from 'react';
import { useServices } from '../app/services.ts';
import { useTexts } from '../text/use-texts.ts';
import { type DraftProblem, emptyDraft, readDraft, type RequestDraft } from '../request/request-draft.ts';
import { filledIn } from '../request/filled-in.ts';
import { type FoundLinks, withFound } from './found-links.ts';
import { closeDialog, openDialog, reveal } from '../view/view-store.ts';

/** A link to add, with the name that the person gave it. */
export interface ChosenLink {
  readonly url: string;
  readonly name?: string;
}

export interface Rejection {
  readonly url: string;
  readonly error: ErrorInfo;
}

export interface Adding {
  readonly folder: string;
  setFolder(folder: string): void;
  readonly name: string;
  setName(name: string): void;
  readonly checksum: string;
  setChecksum(checksum: string): void;
  /** A sentence; empty when nothing is wrong. */
  readonly checksumProblem: string;
  /** Null: wherever a download goes that says nothing. */
  readonly queueId: QueueId | null;
  setQueueId(queueId: QueueId): void;
  readonly request: RequestDraft;
  setRequest(request: RequestDraft): void;
  readonly requestProblems: readonly DraftProblem[];
  readonly isBusy: boolean;
  readonly rejected: readonly Rejection[];
  /** What a download is asked for with, as the fields say it now; without what is wrong in them. */
  requestFields(links: number): Omit<NewDownload, 'url'>;
  submit(links: readonly ChosenLink[], options: { readonly start: boolean }): void;
}

export interface AddOptions {
  readonly replaces: DownloadId | undefined;
  /** What files say of the links. */
  readonly found: FoundLinks;
}

export function useAdd({ replaces, found }: AddOptions): Adding {
  const { t } = useTexts();
  const { engine, replica, view, notices, commands } = useServices();
  const [folder, setFolder] = useState('');
  const [name, setName] = useState('');
  const [checksum, setChecksum] = useState('');
  const [checksumProblem, setChecksumProblem] = useState('');
  // With one queue shown, new downloads go there.
  const [queueId, setQueueId] = useState(() => view.getState().queueId);
  const [request, setRequest] = useState(emptyDraft);
  const [requestProblems, setRequestProblems] = useState<readonly DraftProblem[]>([]);
  const [isBusy, setIsBusy] = useState(false);
  const [rejected, setRejected] = useState<readonly Rejection[]>([]);

  /** Mirrors belong to one file: with several links it is unknown to which. */
  function read(links: number) {
    return readDraft(links === 1 ? request : { ...request, mirrors: '' });
  }

  async function add(links: readonly ChosenLink[], start: boolean): Promise<void> {
    const { fields, problems } = read(links.length);
    setRequestProblems(problems);
    const isWrong = links.length === 1 && checksum.trim() !== '' && readChecksum(checksum) === null;
    setChecksumProblem(isWrong ? t('add.checksumProblem') : '');
    if (problems.length > 0 || isWrong) return;
    setIsBusy(true);
    try {
      const downloads = links.map((link) =>
        withFound(
          {
            url: link.url,
            ...filledIn({ folder }),
            // The fields for a single link stand beside the rows, so that either may have named it.
            ...(links.length === 1
              ? filledIn({ name: link.name || name, checksum })
              : filledIn({ name: link.name ?? '' })),
            ...(queueId === null ? {} : { queueId }),
            ...fields,
          },
          found,
        ),
      );
      settle(await engine.add({ downloads, start }));
    } finally {
      setIsBusy(false);
    }
  }

  function settle({ results }: Added): void {
    const refused = results.filter((result) => result.kind === 'rejected');
    const added = results.filter((result) => result.kind === 'added').length;
    const present = results.filter((result) => result.kind === 'present').length;
    const news = [
      ...(added > 1 ? [t('notice.added', { count: added })] : []),
      ...(present > 0 ? [t('notice.present', { count: present })] : []),
    ];
    if (news.length > 0) notices.show({ tone: 'news', text: news.join(' ') });
    const first = results.find((result) => result.kind !== 'rejected');
    if (first !== undefined) reveal(view, first.id, first.kind === 'added' ? queueId : null);
    if (added > 0) replaceOld();
    setRejected(refused);
    if (refused.length === 0) closeDialog(view);
    else openDialog(view, { kind: 'add', text: refused.map(({ url }) => url).join('\n'), found });
  }

  /** The failed entry goes when nothing of it would be lost; what it has fetched stays with it otherwise. */
  function replaceOld(): void {
    if (replaces === undefined) return;
    const old = replica.getState().downloads.get(replaces);
    if (old?.receivedBytes === 0) commands.attempt(engine.remove({ ids: [replaces], deleteFile: false }));
  }

  return {
    folder,
    setFolder,
    name,
    setName,
    checksum,
    setChecksum: (next) => {
      setChecksum(next);
      setChecksumProblem('');
    },
    checksumProblem,
    queueId,
    setQueueId,
    request,
    setRequest: (next) => {
      setRequest(next);
      setRequestProblems([]);
    },
    requestProblems,
    requestFields: (links) => ({ ...filledIn({ folder }), ...read(links).fields }),
    isBusy,
    rejected,
    submit: (links, { start }) => {
      if (links.length > 0 && !isBusy) commands.attempt(add(links, start));
    },
  };
}
