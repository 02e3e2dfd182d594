/** The cells of a row: the part that is drawn again when its download moves on. */
import type { DownloadId, DownloadState, DownloadView } from '@sluice/contract';
import { memo } from 'react';
import { useNow } from '../app/use-now.ts';
import { useReplica } from '../app/use-store.ts';
import { hasChanged } from '../commands/actions.ts';
import { FileName } from '../controls/file-name.tsx';
import { errorText } from '../text/error-text.ts';
import { hostOf, lastFolder } from '../text/places.ts';
import { useTexts } from '../text/use-texts.ts';
import { ChangedCell } from './changed-cell.tsx';
import { ProgressCell } from './progress-cell.tsx';
import { RowActions } from './row-actions.tsx';
import { StateMark } from './state-mark.tsx';

type StuckState = Extract<DownloadState, { kind: 'failed' | 'waiting' }>;

interface RowCellsProps {
  readonly id: DownloadId;
  readonly isEntry: boolean;
}

export const RowCells = memo(function RowCells({ id, isEntry }: RowCellsProps) {
  const download = useReplica((state) => state.downloads.get(id));
  if (download === undefined) return null;
  const { state, name, url, folder, receivedBytes, sizeBytes } = download;
  const isStuck = state.kind === 'failed' || state.kind === 'waiting';
  return (
    <>
      <StateMark kind={state.kind} />
      {isStuck ? (
        <StuckName name={name} url={url} receivedBytes={receivedBytes} sizeBytes={sizeBytes} />
      ) : (
        <NameCell name={name} url={url} folder={folder} />
      )}
      {hasChanged(state) ? <ChangedCell /> : isStuck ? <MessageCell state={state} /> : <Figures download={download} />}
      <RowActions id={id} name={name} state={state} isEntry={isEntry} />
    </>
  );
});

const NameCell = memo(function NameCell({ name, url, folder }: Pick<DownloadView, 'name' | 'url' | 'folder'>) {
  return (
    <div role="gridcell" className="cell-name">
      <FileName name={name} />
      <span className="row-note">
        <bdi className="row-host">{hostOf(url)}</bdi>
        <bdi className="row-folder" title={folder}>
          {lastFolder(folder)}
        </bdi>
      </span>
    </div>
  );
});

/** The name of a download that has stopped: says how much is there, since the reason takes the place of the figures. */
const StuckName = memo(function StuckName({
  name,
  url,
  receivedBytes,
  sizeBytes,
}: Pick<DownloadView, 'name' | 'url' | 'receivedBytes' | 'sizeBytes'>) {
  const { t, formats } = useTexts();
  return (
    <div role="gridcell" className="cell-name">
      <FileName name={name} />
      <span className="row-note">
        {receivedBytes > 0 && (
          <span className="row-note-figure figure">
            {sizeBytes === null
              ? formats.size(receivedBytes)
              : t('row.received', { received: formats.size(receivedBytes), size: formats.size(sizeBytes) })}
          </span>
        )}
        <bdi className="row-host">{hostOf(url)}</bdi>
      </span>
    </div>
  );
});

function Figures({ download }: { readonly download: DownloadView }) {
  const { t, formats } = useTexts();
  const isLive = useReplica((state) => state.connection === 'connected');
  const isFlowing = isLive && download.state.kind === 'running' && download.state.phase === 'transferring';
  return (
    <>
      <ProgressCell download={download} />
      <div role="gridcell" className="cell-size figure">
        {download.sizeBytes === null ? '–' : formats.size(download.sizeBytes)}
      </div>
      <div role="gridcell" className="cell-speed figure">
        {isFlowing && <span>{formats.speed(download.speedBytesPerSecond)}</span>}
        {isFlowing && <span className="row-note">{t('row.connections', { count: download.connections })}</span>}
      </div>
      <div role="gridcell" className="cell-remaining figure">
        {isFlowing && download.remainingMs !== null && formats.duration(download.remainingMs)}
      </div>
      <div role="gridcell" className="cell-added figure">
        {formats.moment(download.addedAtMs, Date.now())}
      </div>
    </>
  );
}

/** Why a download has stopped, and what to do about it, in place of figures that do not change. */
const MessageCell = memo(function MessageCell({ state }: { readonly state: StuckState }) {
  const { t } = useTexts();
  const { what, next } = errorText(t, state.error);
  return (
    <div role="gridcell" className="cell-message" aria-colspan={5} title={t('row.failed', { what, next })}>
      <span className="message-what">{what}</span>
      <span className="row-note">{state.kind === 'waiting' ? <Countdown untilMs={state.retryAtMs} /> : next}</span>
    </div>
  );
});

function Countdown({ untilMs }: { readonly untilMs: number }) {
  const { t, formats } = useTexts();
  const leftMs = untilMs - useNow();
  return <>{leftMs <= 0 ? t('row.retryNow') : t('row.retryIn', { time: formats.duration(leftMs) })}</>;
}
