/** The cells of a row: the part that is drawn again when its download moves on. */
import type { DownloadId, DownloadView } from '@sluice/contract';
import { memo } from 'react';
import { useNow } from '../app/use-now.ts';
import { useMirror } from '../app/use-store.ts';
import { FileName } from '../controls/file-name.tsx';
import { errorText } from '../text/error-text.ts';
import { hostOf, lastFolder } from '../text/places.ts';
import { useTexts } from '../text/use-texts.ts';
import { ProgressCell } from './progress-cell.tsx';
import { RowActions } from './row-actions.tsx';
import { StateMark } from './state-mark.tsx';

interface RowCellsProps {
  readonly id: DownloadId;
  readonly isEntry: boolean;
}

export const RowCells = memo(function RowCells({ id, isEntry }: RowCellsProps) {
  const download = useMirror((state) => state.downloads.get(id));
  if (download === undefined) return null;
  const { state } = download;
  return (
    <>
      <StateMark kind={state.kind} />
      <NameCell download={download} />
      {state.kind === 'failed' || state.kind === 'waiting' ? (
        <MessageCell download={download} />
      ) : (
        <Figures download={download} />
      )}
      <RowActions download={download} isEntry={isEntry} />
    </>
  );
});

function NameCell({ download }: { readonly download: DownloadView }) {
  const { t, formats } = useTexts();
  const { state, receivedBytes, sizeBytes } = download;
  const isStuck = state.kind === 'failed' || state.kind === 'waiting';
  return (
    <div role="gridcell" className="cell-name">
      <FileName name={download.name} />
      <span className="row-note">
        {isStuck && receivedBytes > 0 && (
          <span className="row-note-figure">
            {sizeBytes === null
              ? formats.size(receivedBytes)
              : t('row.received', { received: formats.size(receivedBytes), size: formats.size(sizeBytes) })}
          </span>
        )}
        <bdi className="row-host">{hostOf(download.url)}</bdi>
        {!isStuck && (
          <bdi className="row-folder" title={download.folder}>
            {lastFolder(download.folder)}
          </bdi>
        )}
      </span>
    </div>
  );
}

function Figures({ download }: { readonly download: DownloadView }) {
  const { t, formats } = useTexts();
  const isFlowing = download.state.kind === 'running' && download.state.phase === 'transferring';
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

/** What keeps a download from going on, and what to do about it, in place of figures that stand still. */
function MessageCell({ download }: { readonly download: DownloadView }) {
  const { t } = useTexts();
  const { state } = download;
  if (state.kind !== 'failed' && state.kind !== 'waiting') return null;
  const { what, next } = errorText(t, state.error);
  return (
    <div role="gridcell" className="cell-message" aria-colspan={5} title={t('row.failed', { what, next })}>
      <span className="message-what">{what}</span>
      <span className="row-note">{state.kind === 'waiting' ? <Countdown untilMs={state.retryAtMs} /> : next}</span>
    </div>
  );
}

function Countdown({ untilMs }: { readonly untilMs: number }) {
  const { t, formats } = useTexts();
  const leftMs = untilMs - useNow();
  return <>{leftMs <= 0 ? t('row.retryNow') : t('row.retryIn', { time: formats.duration(leftMs) })}</>;
}
